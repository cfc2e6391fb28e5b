using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;
using Zotify.Logging.Handlers;
using Zotify.Logging.Records;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>
/// The filter of a query. Text that is not a line of the system log, such as the rest of an exception, has no level, category, trace or
/// job: it matches if the query filters by none of these. Immutable, thread-safe.
/// </summary>
internal sealed class SystemLogFilter
{
    /// <summary>Matches everything.</summary>
    public static readonly SystemLogFilter None = new(new SystemLogQuery(), null);

    private readonly SystemLogQuery _query;
    private readonly string[] _escapedCategories;
    private readonly string[] _escapedExcludedCategories;
    private readonly string[] _jobIds;
    private readonly string[] _excludedJobIds;
    private readonly byte[][] _writtenJobIds;
    private readonly SearchTerms _terms;
    private readonly string[] _inOneLine;
    private readonly string[] _neverEscaped;
    private readonly byte[]? _since;
    private readonly byte[]? _until;

    /// <exception cref="ArgumentException">The query has more values than allowed.</exception>
    /// <param name="query">The query.</param>
    /// <param name="instance">The writer of entries that name none.</param>
    public SystemLogFilter(SystemLogQuery query, string? instance)
    {
        QueryLimits.Check(query.Categories, nameof(query.Categories));
        QueryLimits.Check(query.TraceIds, nameof(query.TraceIds));
        QueryLimits.Check(query.ExcludedCategories, nameof(query.ExcludedCategories));
        QueryLimits.Check(query.ExcludedTraceIds, nameof(query.ExcludedTraceIds));
        QueryLimits.Check(query.JobIds, nameof(query.JobIds));
        QueryLimits.Check(query.Instances, nameof(query.Instances));
        QueryLimits.Check(query.ExcludedJobIds, nameof(query.ExcludedJobIds));
        QueryLimits.Check(query.ExcludedInstances, nameof(query.ExcludedInstances));
        _query = query;
        Instance = instance;
        // Escaped as in the file, because they are compared with its text.
        _escapedCategories = [.. query.Categories.Select(LineEscaper.Name)];
        _escapedExcludedCategories = [.. query.ExcludedCategories.Select(LineEscaper.Name)];
        _jobIds = [.. query.JobIds.Select(AsWritten)];
        _excludedJobIds = [.. query.ExcludedJobIds.Select(AsWritten)];
        _writtenJobIds = [.. _jobIds.Select(id => JsonEncodedText.Encode(id, RecordJson.WriterOptions.Encoder).EncodedUtf8Bytes.ToArray())];
        _terms = SearchTerms.Parse(query.Text, nameof(query.Text));
        // The lines of an exception begin with a tab in the file.
        _inOneLine = [.. _terms.Required.Where(term => !term.Contains('\n', StringComparison.Ordinal))];
        _neverEscaped = [.. _inOneLine.Where(term => !IsEscapedInJson(term))];
        _since = Time(query.Since);
        _until = Time(query.Until);
    }

    /// <summary>The writer of entries that name none.</summary>
    public string? Instance { get; }

    /// <summary>Whether it matches everything.</summary>
    public bool IsEmpty => FiltersNoFields && !ExcludesFields && FiltersNoInstances && _terms.IsEmpty && _since is null && _until is null;

    private bool FiltersNoFields =>
        _query.MinimumLevel == LogLevel.Trace && _query.Categories.Count + _query.TraceIds.Count + _jobIds.Length == 0;

    private bool ExcludesFields =>
        _query.ExcludedLevels.Count + _query.ExcludedCategories.Count + _query.ExcludedTraceIds.Count + _excludedJobIds.Length > 0;

    private bool FiltersNoInstances => _query.Instances.Count + _query.ExcludedInstances.Count == 0;

    /// <summary>Whether an entry, as it is in the file, matches.</summary>
    public bool Matches(ReadOnlySpan<byte> entry) =>
        IsEmpty || (MayMatch(entry) && Matches(SystemLineParser.Parse(entry, "", Instance)));

    /// <summary>
    /// Whether an entry, as it is in the file, may match. It reads the entry's bytes, so that most of a large log is skipped without making
    /// objects of it.
    /// </summary>
    public bool MayMatch(ReadOnlySpan<byte> entry) =>
        IsEmpty
        || (!IsOutside(entry) && !IsBelowLevel(entry) && (_jobIds.Length == 0 || HasJob(entry))
            && (_inOneLine.Length == 0 || HasTerms(entry)));

    /// <summary>Whether an item is to be given out: an entry that matches, a gap or a heartbeat.</summary>
    public bool Matches(LogItem<SystemLogEntry> item) => item is not SystemLogEntry entry || Matches(entry);

    /// <summary>Whether an entry matches.</summary>
    public bool Matches(SystemLogEntry entry)
    {
        if (!IsOfInstance(entry)) return false;
        if (entry.Timestamp is not { } time) return FiltersNoFields && _terms.Matches(entry, SystemLogFields.Add);
        return !(time < _query.Since)
            && !(time >= _query.Until)
            && Enum.Parse<LogLevel>(entry.Level!) is var level
            && level >= _query.MinimumLevel
            && !_query.ExcludedLevels.Contains(level)
            && (_query.Categories.Count == 0 || IsInAny(entry, _query.Categories, _escapedCategories))
            && !IsInAny(entry, _query.ExcludedCategories, _escapedExcludedCategories)
            && (_query.TraceIds.Count == 0 || _query.TraceIds.Contains(entry.TraceId, StringComparer.OrdinalIgnoreCase))
            && !_query.ExcludedTraceIds.Contains(entry.TraceId, StringComparer.OrdinalIgnoreCase)
            && (_jobIds.Length == 0 || _jobIds.Contains(entry.JobId))
            && !_excludedJobIds.Contains(entry.JobId)
            && _terms.Matches(entry, SystemLogFields.Add);
    }

    /// <summary>The id of a job as its lines have it: shortened, and with U+FFFD for half of a surrogate pair.</summary>
    private static string AsWritten(string jobId) => JobIds.Shorten(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(jobId)));

    private static bool IsInAny(SystemLogEntry entry, IReadOnlyList<string> prefixes, string[] escaped)
    {
        foreach (var prefix in entry.Format == SystemLogFormat.Json ? prefixes : escaped)
        {
            if (entry.Category!.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private bool IsOfInstance(SystemLogEntry entry) =>
        FiltersNoInstances
        || ((_query.Instances.Count == 0 || _query.Instances.Contains(entry.Instance))
            && !_query.ExcludedInstances.Contains(entry.Instance));

    /// <summary>Whether the time alone excludes an entry.</summary>
    private bool IsOutside(ReadOnlySpan<byte> entry)
    {
        if ((_since is null && _until is null) || SystemLineParser.TimeTextOf(entry) is not { IsEmpty: false } time) return false;
        return (_since is not null && time.SequenceCompareTo(_since) < 0) || (_until is not null && time.SequenceCompareTo(_until) >= 0);
    }

    /// <summary>Whether the entry is a line of a lower level. What is no such line is left to the parser.</summary>
    private bool IsBelowLevel(ReadOnlySpan<byte> entry) =>
        _query.MinimumLevel != LogLevel.Trace && SystemLineParser.LevelOf(entry) < _query.MinimumLevel;

    /// <summary>Whether the entry has one of the jobs' ids, somewhere. Text has no job.</summary>
    private bool HasJob(ReadOnlySpan<byte> entry)
    {
        if (!SystemLineParser.IsJson(entry)) return false;
        foreach (var id in _writtenJobIds)
        {
            if (entry.IndexOf(id) >= 0) return true;
        }

        return false;
    }

    /// <summary>Whether JSON may have some of the term as an escape.</summary>
    private static bool IsEscapedInJson(ReadOnlySpan<char> term) =>
        term.ContainsAnyExceptInRange(' ', '~') || term.ContainsAny('"', '\\');

    /// <summary>Whether the entry as a whole has the terms that each must be in one of its fields.</summary>
    private bool HasTerms(ReadOnlySpan<byte> entry)
    {
        // JSON escapes characters that a term may have.
        var terms = SystemLineParser.IsJson(entry) && entry.Contains((byte)'\\') ? _neverEscaped : _inOneLine;
        if (terms.Length == 0) return true;
        var rented = ArrayPool<char>.Shared.Rent(entry.Length);
        try
        {
            var text = rented.AsSpan(0, Encoding.UTF8.GetChars(entry, rented));
            CaseFolding.Fold(text);
            foreach (var term in terms)
            {
                if (text.IndexOf(term) < 0) return false;
            }

            return true;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private static byte[]? Time(DateTimeOffset? time)
    {
        if (time is null) return null;
        var output = new ArrayBufferWriter<byte>();
        UtcText.Write(time.Value, output);
        return output.WrittenSpan.ToArray();
    }
}
