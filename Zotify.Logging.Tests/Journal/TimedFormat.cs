using System.Buffers;
using System.Text;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Tests.Journal;

/// <summary>A line with its time, as the handlers write them.</summary>
internal sealed class TimedFormat(TimeProvider time) : IJournalFormat<string>
{
    public void Write(string record, long seq, IBufferWriter<byte> output) =>
        output.Write(
            Encoding.UTF8.GetBytes(
                $"{{\"message\":\"{record}\",\"timestamp\":\"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'}\",\"seq\":{seq}}}"));
}
