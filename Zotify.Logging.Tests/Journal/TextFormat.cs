using System.Buffers;
using System.Text;
using System.Text.Json;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Tests.Journal;

/// <summary>A line of two members: the text and the number.</summary>
internal sealed class TextFormat : IJournalFormat<string>
{
    public void Write(string record, long seq, IBufferWriter<byte> output) =>
        output.Write(Encoding.UTF8.GetBytes($"{{\"message\":{JsonSerializer.Serialize(record)},\"seq\":{seq}}}"));
}
