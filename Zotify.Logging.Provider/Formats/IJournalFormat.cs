using System.Buffers;

namespace Zotify.Logging.Formats;

/// <summary>How a record becomes a line. The journal supplies the number and, where it is chained, adds key and hash.</summary>
internal interface IJournalFormat<in T>
{
    /// <summary>Writes the record as one JSON object on one line, from <c>{</c> to <c>}</c>, without the line's end. Must not throw.</summary>
    void Write(T record, long seq, IBufferWriter<byte> output);
}
