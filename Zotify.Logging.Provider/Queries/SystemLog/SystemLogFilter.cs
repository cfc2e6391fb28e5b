using System.Buffers;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Queries;

/// <summary>
/// Which entries a query wants. Text that is no line of the system log, such as the rest of an exception, has no level,
/// category or trace: it passes where none of these is asked for. Immutable, thread-safe.
/// </summary>
internal sealed class SystemLogFilter
{
    /// <summary>Lets everything through.</summary>
    public static readonly SystemLogFilter None = new(new SystemLogQuery());

    private readonly SystemLogQuery _query;
    private readonly string[] _categories;
    private readonly string[] _words;
    private readonly byte[]? _since;
    private readonly byte[]? _until;

    /// <exception cref="ArgumentException">The query asks for more values than it may.</exception>
    public SystemLogFilter(SystemLogQuery query)
    {
        QueryLimits.Check(query.Categories, "category");
        QueryLimits.Check(query.TraceIds, "trace_id");
        _query = query;
        // Compared with what the file holds, where names are escaped.
        _categories = [.. query.Categories.Select(LineEscaper.Name)];
        _words = QueryLimits.Words(query.Text, "q");
        _since = Time(query.Since);
        _until = Time(query.Until);
    }

    /// <summary>Whether it lets everything through.</summary>
    public bool IsEmpty => AsksNoLine && _words.Length == 0 && _since is null && _until is null;

    private bool AsksNoLine => _query.MinimumLevel == LogLevel.Trace && _categories.Length == 0 && _query.TraceIds.Count == 0;

    /// <summary>Whether an entry, as it stands in the file, matches.</summary>
    public bool Matches(ReadOnlySpan<byte> entry) =>
        IsEmpty || (!IsOutside(entry) && Matches(SystemLineParser.Parse(SystemLineParser.Decode(entry), "")));

    /// <summary>
    /// Whether an entry cannot match because of its time, by its bytes alone: most of a large log is passed over without
    /// decoding it.
    /// </summary>
    public bool IsOutside(ReadOnlySpan<byte> entry)
    {
        if ((_since is null && _until is null) || entry.Length < UtcText.Length || !char.IsAsciiDigit((char)entry[0])) return false;
        var time = entry[..UtcText.Length];
        return (_since is not null && time.SequenceCompareTo(_since) < 0) || (_until is not null && time.SequenceCompareTo(_until) >= 0);
    }

    /// <summary>Whether an item is to be told: an entry that matches, or word of the log itself.</summary>
    public bool Matches(SystemLogItem item) => item is not SystemLogEntry entry || Matches(entry);

    /// <summary>Whether an entry matches.</summary>
    public bool Matches(SystemLogEntry entry)
    {
        foreach (var word in _words)
        {
            if (!entry.Text.Contains(word, StringComparison.OrdinalIgnoreCase)) return false;
        }

        if (entry.Timestamp is not { } time) return AsksNoLine;
        return !(time < _query.Since)
            && !(time >= _query.Until)
            && Enum.Parse<LogLevel>(entry.Level!) >= _query.MinimumLevel
            && (_categories.Length == 0 || _categories.Any(prefix => entry.Category!.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            && (_query.TraceIds.Count == 0 || _query.TraceIds.Contains(entry.TraceId, StringComparer.OrdinalIgnoreCase));
    }

    private static byte[]? Time(DateTimeOffset? time)
    {
        if (time is null) return null;
        var output = new ArrayBufferWriter<byte>();
        UtcText.Write(time.Value, output);
        return output.WrittenSpan.ToArray();
    }
}
