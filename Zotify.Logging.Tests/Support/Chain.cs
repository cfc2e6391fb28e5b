using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Zotify.Logging.Tests.Support;

/// <summary>Computes the chain of an audit log again, only from its lines, as somebody who knows the documentation would.</summary>
internal static class Chain
{
    /// <summary>Whether the lines follow each other, and the first of them follows the given hash: base64url; zeros where there is
    /// none.</summary>
    public static void AssertWhole(IReadOnlyList<string> lines, long firstSeq, string? throughHash = null)
    {
        var previous = throughHash is null ? new byte[32] : Base64Url.DecodeFromChars(throughHash);
        var seq = firstSeq - 1;
        foreach (var line in lines)
        {
            var root = JsonElement.Parse(line);
            Assert.AreEqual(++seq, root.GetProperty("seq").GetInt64());
            previous = SHA256.HashData(
                [.. previous, .. Encoding.UTF8.GetBytes(line[..line.LastIndexOf(",\"hash\"", StringComparison.Ordinal)])]);
            Assert.AreEqual(Base64Url.EncodeToString(previous), root.GetProperty("hash").GetString(), $"line {seq}");
        }
    }
}
