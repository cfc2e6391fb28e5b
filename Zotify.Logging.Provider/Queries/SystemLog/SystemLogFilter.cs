using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;

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
    private readonly string[] _terms;
    private readonly byte[]? _since;
    private readonly byte[]? _until;

    /// <exception cref="ArgumentException">The query has more values than allowed.</exception>
    public SystemLogFilter(SystemLogQuery query)
    {
        QueryLimits.Check(query.Categories, nameof(query.Categories));
        QueryLimits.Check(query.TraceIds, nameof(query.TraceIds));
        _query = query;
        // Escaped as in the file, because they are compared with its text.
        _categories = [.. query.Categories.Select(LineEscaper.Name)];
        _terms = QueryLimits.Terms(query.Text, nameof(query.Text));
        _since = Time(query.Since);
        _until = Time(query.Until);
    }

    /// <summary>Whether it matches everything.</summary>
    public bool IsEmpty => FiltersNoFields && _terms.Length == 0 && _since is null && _until is null;

    private bool FiltersNoFields => _query.MinimumLevel == LogLevel.Trace && _categories.Length == 0 && _query.TraceIds.Count == 0;

    /// <summary>Whether an entry, as it is in the file, matches.</summary>
    public bool Matches(ReadOnlySpan<byte> entry) =>
        IsEmpty || (MayMatch(entry) && Matches(SystemLineParser.Parse(SystemLineParser.Decode(entry), "")));

    /// <summary>
    /// Whether an entry, as it is in the file, may match. It reads the entry's bytes, so that most of a large log is skipped without making
    /// objects of it.
    /// </summary>
    public bool MayMatch(ReadOnlySpan<byte> entry) =>
        IsEmpty || (!IsOutside(entry) && !IsBelowLevel(entry) && (_terms.Length == 0 || HasTerms(entry)));

    /// <summary>Whether an item is to be given out: an entry that matches, a gap or a heartbeat.</summary>
    public bool Matches(LogItem<SystemLogEntry> item) => item is not SystemLogEntry entry || Matches(entry);

    /// <summary>Whether an entry matches.</summary>
    public bool Matches(SystemLogEntry entry)
    {
        if (!HasTerms(entry.Text)) return false;
        if (entry.Timestamp is not { } time) return FiltersNoFields;
        return !(time < _query.Since)
            && !(time >= _query.Until)
            && Enum.Parse<LogLevel>(entry.Level!) >= _query.MinimumLevel
            && (_categories.Length == 0
                || _categories.Any(prefix => entry.Category!.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            && (_query.TraceIds.Count == 0 || _query.TraceIds.Contains(entry.TraceId, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether the time alone excludes an entry.</summary>
    private bool IsOutside(ReadOnlySpan<byte> entry)
    {
        if ((_since is null && _until is null) || entry.Length < UtcText.Length || !char.IsAsciiDigit((char)entry[0])) return false;
        var time = entry[..UtcText.Length];
        return (_since is not null && time.SequenceCompareTo(_since) < 0) || (_until is not null && time.SequenceCompareTo(_until) >= 0);
    }

    /// <summary>Whether the entry is a line of a lower level. What is no such line is left to the parser.</summary>
    private bool IsBelowLevel(ReadOnlySpan<byte> entry)
    {
        const int level = UtcText.Length + 2;
        if (_query.MinimumLevel == LogLevel.Trace || entry.Length < level + 3 || !entry[..level].EndsWith(" ["u8)) return false;
        Span<char> code = stackalloc char[3];
        return Encoding.Latin1.GetChars(entry.Slice(level, 3), code) == 3 && LevelCodes.Parse(code) < _query.MinimumLevel;
    }

    private bool HasTerms(ReadOnlySpan<byte> entry)
    {
        var text = ArrayPool<char>.Shared.Rent(entry.Length);
        try
        {
            return HasTerms(text.AsSpan(0, Encoding.UTF8.GetChars(entry, text)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    private bool HasTerms(ReadOnlySpan<char> text)
    {
        foreach (var term in _terms)
        {
            if (!text.Contains(term, StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    private static byte[]? Time(DateTimeOffset? time)
    {
        if (time is null) return null;
        var output = new ArrayBufferWriter<byte>();
        UtcText.Write(time.Value, output);
        return output.WrittenSpan.ToArray();
    }
}
