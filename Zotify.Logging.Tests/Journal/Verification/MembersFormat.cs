using System.Buffers;
using System.Text;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Tests.Journal.Verification;

/// <summary>A line with the members in the text, and the number.</summary>
internal sealed class MembersFormat : IJournalFormat<string>
{
    public void Write(string record, long seq, IBufferWriter<byte> output) =>
        output.Write(Encoding.UTF8.GetBytes($"{{{record},\"seq\":{seq}}}"));
}
