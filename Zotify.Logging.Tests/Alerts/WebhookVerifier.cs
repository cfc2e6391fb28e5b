using System.Security.Cryptography;
using System.Text;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>Verifies signatures as a receiver would who knows only the specification of Standard Webhooks.</summary>
internal static class WebhookVerifier
{
    /// <summary>Whether one of the signatures in the header is of the secret.</summary>
    public static bool IsSigned(string secret, string id, string timestamp, byte[] body, string header)
    {
        using var hash = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        var prefix = Encoding.ASCII.GetBytes(id + "." + timestamp + ".");
        hash.TransformBlock(prefix, 0, prefix.Length, null, 0);
        hash.TransformFinalBlock(body, 0, body.Length);
        return header.Split(' ').Any(one =>
            one.Split(',') is ["v1", var given] && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(given), hash.Hash));
    }
}
