using System.Security.Cryptography;
using System.Text;

namespace Zotify.Logging.Alerts;

/// <summary>The signature of Standard Webhooks: HMAC-SHA-256 over the id, the time and the body. Pure functions.</summary>
internal static class WebhookSignature
{
    /// <summary>How a secret begins as people exchange it.</summary>
    public const string SecretPrefix = "whsec_";

    private const int LeastBytes = 24;
    private const int MostBytes = 64;

    /// <summary>The key of a secret; <see langword="null"/> where it is none: <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
    public static byte[]? KeyOf(string secret)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal)) return null;
        var buffer = new byte[MostBytes + 2];
        if (!Convert.TryFromBase64String(secret[SecretPrefix.Length..], buffer, out var length)) return null;
        return length is >= LeastBytes and <= MostBytes ? buffer[..length] : null;
    }

    /// <summary>The header <c>webhook-signature</c>: a signature by each key.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>.</param>
    /// <param name="body">The body, as it is sent.</param>
    public static string Of(IEnumerable<byte[]> keys, string id, string timestamp, string body)
    {
        var content = Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}");
        return string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, content))}"));
    }
}
