using System.Buffers;
using System.Text;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>The lines as text, for a terminal.</summary>
internal sealed class PlainText : StreamFormat
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/plain";

    /// <inheritdoc/>
    public override string ContentType => "text/plain; charset=utf-8";

    /// <inheritdoc/>
    protected override string Type => MediaType;

    /// <inheritdoc/>
    public override void WriteEntry<TEntry>(string position, string text, TEntry entry, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(text, output);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteRow<TRow>(string position, TRow row, Func<string> text, IBufferWriter<byte> output) =>
        WriteEntry(position, text(), row, output);

    /// <inheritdoc/>
    public override void WriteGap(StreamGap gap, IBufferWriter<byte> output)
    {
        var lines = gap.Instance is null ? "lines" : $"lines of {gap.Instance}";
        // No line of a log begins like this.
        Encoding.UTF8.GetBytes(
            $"--- {lines} are missing here, they are gone: from {Place(gap.From, gap.FromTime)} to {Place(gap.To, gap.ToTime)} ---\n",
            output);
    }

    /// <inheritdoc/>
    public override void WriteIncomplete(string position, StreamIncomplete incomplete, IBufferWriter<byte> output) =>
        Encoding.UTF8.GetBytes(
            incomplete.Behind is { } behind
                ? $"--- lines may be missing: {behind} records were logged and are not here yet ---\n"
                : $"--- older lines were not searched, that would take long: go on {Continuation(incomplete)} ---\n",
            output);

    /// <inheritdoc/>
    public override void WriteSource(string position, StreamSource source, IBufferWriter<byte> output) => Encoding.UTF8.GetBytes(
        source.Reason is null ? $"--- {source.Name} is back ---\n" : $"--- {source.Name} is away: {source.Reason} ---\n", output);

    /// <inheritdoc/>
    public override void WriteHeartbeat(string position, IBufferWriter<byte> output) => output.Write("\n"u8);

    private static string Continuation(StreamIncomplete incomplete) =>
        incomplete.Cursor is { } cursor ? $"in the search (/audit) with cursor={cursor}" : $"with before={incomplete.Before}";

    private static string Place(string position, DateTimeOffset? time) =>
        time is { } known ? $"{position} ({UtcTimeJson.Text(known)})" : position;
}
