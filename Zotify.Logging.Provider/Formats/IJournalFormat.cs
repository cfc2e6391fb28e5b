using System.Buffers;

namespace Zotify.Logging.Formats;

/// <summary>Writes records as lines of a journal. The journal supplies <c>seq</c> and, where it is chained, adds key and hash.</summary>
internal interface IJournalFormat<in T>
{
    /// <summary>Writes the record as one JSON object on one line, without the end of the line. Must not throw.</summary>
    void Write(T record, long seq, IBufferWriter<byte> output);
}
