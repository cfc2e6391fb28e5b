using System.IO.Pipelines;
using System.Text;
using Zotify.Logging.Provider.Queries.SystemLog;

namespace Zotify.Logging.Web.Endpoints.Streams;

/// <summary>The lines as they stand in the file, for a terminal.</summary>
internal sealed class PlainText : StreamFormat
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/plain";

    /// <inheritdoc/>
    public override string ContentType => "text/plain; charset=utf-8";

    /// <inheritdoc/>
    protected override string Type => MediaType;

    /// <inheritdoc/>
    public override void Write(SystemLogItem item, PipeWriter output)
    {
        switch (item)
        {
            case SystemLogEntry entry:
                Encoding.UTF8.GetBytes(entry.Text, output);
                Encoding.UTF8.GetBytes("\n", output);
                break;
            case SystemLogGap:
                // Begins like no line of the log does.
                Encoding.UTF8.GetBytes("--- lines are missing here: their file is gone ---\n", output);
                break;
        }
    }
}
