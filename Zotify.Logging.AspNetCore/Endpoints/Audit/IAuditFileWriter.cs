using System.Buffers;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>Writes audit events as a file, in UTF-8. Thread-safe.</summary>
internal interface IAuditFileWriter
{
    /// <summary>Writes the text before the first event.</summary>
    void WriteStart(IBufferWriter<byte> output);

    /// <summary>Writes an event.</summary>
    void Write(AuditEvent item, IBufferWriter<byte> output);
}
