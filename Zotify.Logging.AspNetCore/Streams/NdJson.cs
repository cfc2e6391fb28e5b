using System.Buffers;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>An object a line, for programs.</summary>
internal sealed class NdJson : StreamFormat
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/x-ndjson";

    /// <inheritdoc/>
    public override string ContentType => MediaType;

    /// <inheritdoc/>
    protected override string Type => MediaType;

    /// <inheritdoc/>
    public override void WriteEntry<TEntry>(string position, string text, TEntry entry, IBufferWriter<byte> output)
    {
        StreamJson.Write(entry, output);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteRow<TRow>(string position, TRow row, Func<string> text, IBufferWriter<byte> output)
    {
        StreamJson.Write(row, position, output);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteEnd<TSummary>(string position, TSummary summary, IBufferWriter<byte> output)
    {
        StreamJson.Write(new { End = summary, Position = position }, output);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteGap(StreamGap gap, IBufferWriter<byte> output)
    {
        StreamJson.WriteKnown(new { Event = "gap", Position = gap.To, gap.From, gap.To, gap.FromTime, gap.ToTime, gap.Instance }, output);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteIncomplete(string position, StreamIncomplete incomplete, IBufferWriter<byte> output)
    {
        StreamJson.WriteKnown(
            new
            {
                Event = "incomplete",
                Position = position,
                incomplete.Complete,
                incomplete.Before,
                incomplete.Cursor,
                incomplete.Behind,
            },
            output);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteSource(string position, StreamSource source, IBufferWriter<byte> output)
    {
        StreamJson.WriteKnown(
            new { Event = "source", Position = position, source.Name, source.State, source.Reason, source.Since }, output);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    // Readers of NDJSON skip blank lines.
    public override void WriteHeartbeat(string position, IBufferWriter<byte> output) => output.Write("\n"u8);
}
