using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Zotify.Logging.Provider.Queries.SystemLog;

namespace Zotify.Logging.Web.Endpoints.Streams;

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
    public override void Write(SystemLogItem item, PipeWriter output)
    {
        switch (item)
        {
            case SystemLogEntry entry:
                StreamJson.Write(entry, output);
                output.Write("\n"u8);
                break;
            case SystemLogGap gap:
                output.Write("{\"event\":\"gap\",\"position\":"u8);
                output.Write(JsonSerializer.SerializeToUtf8Bytes(gap.Position));
                output.Write("}\n"u8);
                break;
        }
    }
}
