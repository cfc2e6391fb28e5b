using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Journal.Verification;

/// <summary>Computes a chain from its description alone, as an attacker with write access would.</summary>
internal static class Forger
{
    /// <summary>A line's JSON up to its hash, without <c>key_id</c>.</summary>
    public static string Content(string line)
    {
        var content = line[..line.LastIndexOf(",\"hash\":", StringComparison.Ordinal)];
        var key = content.LastIndexOf(",\"key_id\":", StringComparison.Ordinal);
        return key < 0 ? content : content[..key];
    }

    public static byte[] HashOf(string line) => Base64Url.DecodeFromChars(line.AsSpan()[(line.LastIndexOf(':') + 2)..^2]);

    /// <summary>The lines with these contents, chained after a hash.</summary>
    public static string[] Seal(IEnumerable<string> contents, byte[] previous, HashKey? key = null)
    {
        var lines = new List<string>();
        foreach (var content in contents)
        {
            var signed = key is null ? content : $"{content},\"key_id\":\"{key.Id}\"";
            byte[] hashed = [.. previous, .. Encoding.UTF8.GetBytes(signed)];
            previous = key is null ? SHA256.HashData(hashed) : HMACSHA256.HashData(key.Key.Span, hashed);
            lines.Add($"{signed},\"hash\":\"{Base64Url.EncodeToString(previous)}\"}}");
        }

        return [.. lines];
    }
}
