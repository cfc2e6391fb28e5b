using System.Buffers;
using System.Text;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>
/// Events for a browser's <c>EventSource</c> (HTML standard, section 9.2, server-sent events). The id is the position, so that a browser
/// that reconnects goes on where it was.
/// </summary>
internal sealed class ServerSentEvents : StreamFormat
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/event-stream";

    /// <inheritdoc/>
    public override string ContentType => MediaType;

    /// <inheritdoc/>
    protected override string Type => MediaType;

    /// <inheritdoc/>
    public override void WriteStart(IBufferWriter<byte> output) => output.Write("retry: 2000\n\n"u8);

    /// <inheritdoc/>
    public override void WriteEntry<TEntry>(string position, string text, TEntry entry, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes($"id: {position}\ndata: ", output);
        StreamJson.Write(entry, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteRow<TRow>(string position, TRow row, Func<string> text, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes($"id: {position}\ndata: ", output);
        StreamJson.Write(row, position, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteEnd<TSummary>(string position, TSummary summary, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes($"id: {position}\nevent: end\ndata: ", output);
        StreamJson.Write(summary, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteGap(StreamGap gap, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes($"id: {gap.To}\nevent: gap\ndata: ", output);
        StreamJson.WriteKnown(gap, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteIncomplete(string position, StreamIncomplete incomplete, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes($"id: {position}\nevent: incomplete\ndata: ", output);
        StreamJson.WriteKnown(incomplete, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteSource(string position, StreamSource source, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes($"id: {position}\nevent: source\ndata: ", output);
        StreamJson.WriteKnown(source, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public override void WritePosition(string position, IBufferWriter<byte> output) =>
        // An id without data raises no event, and is what a browser sends when it reconnects.
        Encoding.UTF8.GetBytes($"id: {position}\n\n", output);

    /// <inheritdoc/>
    public override void WriteHeartbeat(string position, IBufferWriter<byte> output) =>
        Encoding.UTF8.GetBytes($": heartbeat\nid: {position}\n\n", output);
}
