using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Zotify.Logging.Provider.Queries.SystemLog;

namespace Zotify.Logging.Web.Endpoints.Streams;

/// <summary>
/// Events for a browser's <c>EventSource</c> (HTML standard, section 9.2, server-sent events). The id is the position, so that a reconnecting
/// browser goes on where it was.
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
    public override void WriteStart(PipeWriter output) => output.Write("retry: 2000\n\n"u8);

    /// <inheritdoc/>
    public override void Write(SystemLogItem item, PipeWriter output)
    {
        switch (item)
        {
            case SystemLogEntry entry:
                Encoding.UTF8.GetBytes($"id: {entry.Position}\ndata: ", output);
                StreamJson.Write(entry, output);
                output.Write("\n\n"u8);
                break;
            case SystemLogGap gap:
                Encoding.UTF8.GetBytes($"id: {gap.Position}\nevent: gap\ndata: {{}}\n\n", output);
                break;
            default:
                Encoding.UTF8.GetBytes($": {item.Position}\n\n", output);
                break;
        }
    }
}
