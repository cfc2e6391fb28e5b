using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>
/// The filter of a query. Text that is not a line of the system log, such as the rest of an exception, has no level, category or trace: it
/// matches if the query filters by none of these. Immutable, thread-safe.
/// </summary>
internal sealed class SystemLogFilter
{
    /// <summary>Matches everything.</summary>
    public static readonly SystemLogFilter None = new(new SystemLogQuery());

    private readonly SystemLogQuery _query;
    private readonly string[] _categories;
    private readonly string[] _excludedCategories;
    private readonly SearchTerms _terms;
    private readonly string[] _inOneLine;
    private readonly byte[]? _since;
    private readonly byte[]? _until;

    /// <exception cref="ArgumentException">The query has more values than allowed.</exception>
    public SystemLogFilter(SystemLogQuery query)
    {
        QueryLimits.Check(query.Categories, nameof(query.Categories));
        QueryLimits.Check(query.TraceIds, nameof(query.TraceIds));
        QueryLimits.Check(query.ExcludedCategories, nameof(query.ExcludedCategories));
        QueryLimits.Check(query.ExcludedTraceIds, nameof(query.ExcludedTraceIds));
        _query = query;
        // Escaped as in the file, because they are compared with its text.
        _categories = [.. query.Categories.Select(LineEscaper.Name)];
        _excludedCategories = [.. query.ExcludedCategories.Select(LineEscaper.Name)];
        _terms = SearchTerms.Parse(query.Text, nameof(query.Text));
        // The lines of an exception begin with a tab in the file.
        _inOneLine = [.. _terms.Required.Where(term => !term.Contains('\n', StringComparison.Ordinal))];
        _since = Time(query.Since);
        _until = Time(query.Until);
    }

    /// <summary>Whether it matches everything.</summary>
    public bool IsEmpty => FiltersNoFields && !ExcludesFields && _terms.IsEmpty && _since is null && _until is null;

    private bool FiltersNoFields => _query.MinimumLevel == LogLevel.Trace && _categories.Length == 0 && _query.TraceIds.Count == 0;

    private bool ExcludesFields => _query.ExcludedLevels.Count + _excludedCategories.Length + _query.ExcludedTraceIds.Count > 0;

    /// <summary>Whether an entry, as it is in the file, matches.</summary>
    public bool Matches(ReadOnlySpan<byte> entry) =>
        IsEmpty || (MayMatch(entry) && Matches(SystemLineParser.Parse(SystemLineParser.Decode(entry), "")));

    /// <summary>
    /// Whether an entry, as it is in the file, may match. It reads the entry's bytes, so that most of a large log is skipped without making
    /// objects of it.
    /// </summary>
    public bool MayMatch(ReadOnlySpan<byte> entry) =>
        IsEmpty || (!IsOutside(entry) && !IsBelowLevel(entry) && (_inOneLine.Length == 0 || HasTerms(entry)));

    /// <summary>Whether an item is to be given out: an entry that matches, a gap or a heartbeat.</summary>
    public bool Matches(LogItem<SystemLogEntry> item) => item is not SystemLogEntry entry || Matches(entry);

    /// <summary>Whether an entry matches.</summary>
    public bool Matches(SystemLogEntry entry)
    {
        if (entry.Timestamp is not { } time) return FiltersNoFields && _terms.Matches(entry, SystemLogFields.Add);
        return !(time < _query.Since)
            && !(time >= _query.Until)
            && Enum.Parse<LogLevel>(entry.Level!) is var level
            && level >= _query.MinimumLevel
            && !_query.ExcludedLevels.Contains(level)
            && (_categories.Length == 0 || StartsWithAny(entry.Category!, _categories))
            && !StartsWithAny(entry.Category!, _excludedCategories)
            && (_query.TraceIds.Count == 0 || _query.TraceIds.Contains(entry.TraceId, StringComparer.OrdinalIgnoreCase))
            && !_query.ExcludedTraceIds.Contains(entry.TraceId, StringComparer.OrdinalIgnoreCase)
            && _terms.Matches(entry, SystemLogFields.Add);
    }

    private static bool StartsWithAny(string category, string[] prefixes) =>
        Array.Exists(prefixes, prefix => category.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    /// <summary>Whether the time alone excludes an entry.</summary>
    private bool IsOutside(ReadOnlySpan<byte> entry)
    {
        if ((_since is null && _until is null) || entry.Length < UtcText.Length || !char.IsAsciiDigit((char)entry[0])) return false;
        var time = entry[..UtcText.Length];
        return (_since is not null && time.SequenceCompareTo(_since) < 0) || (_until is not null && time.SequenceCompareTo(_until) >= 0);
    }

    /// <summary>Whether the entry is a line of a lower level. What is no such line is left to the parser.</summary>
    private bool IsBelowLevel(ReadOnlySpan<byte> entry) =>
        _query.MinimumLevel != LogLevel.Trace && SystemLineParser.LevelOf(entry) < _query.MinimumLevel;

    /// <summary>Whether the entry as a whole has the terms that each must be in one of its fields.</summary>
    private bool HasTerms(ReadOnlySpan<byte> entry)
    {
        var rented = ArrayPool<char>.Shared.Rent(entry.Length);
        try
        {
            var text = rented.AsSpan(0, Encoding.UTF8.GetChars(entry, rented));
            CaseFolding.Fold(text);
            foreach (var term in _inOneLine)
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
