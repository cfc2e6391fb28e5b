using System.Buffers;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>Writes one event per line, as the same object as in a page.</summary>
internal sealed class AuditNdJson : IAuditFileWriter
{
    /// <inheritdoc/>
    public void WriteStart(IBufferWriter<byte> output)
    {
    }

    /// <inheritdoc/>
    public void Write(AuditEvent item, IBufferWriter<byte> output)
    {
        StreamJson.Write(item, output);
        output.Write("\n"u8);
    }
}
