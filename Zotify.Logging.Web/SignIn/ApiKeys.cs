using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.SignIn;

/// <summary>The configured keys. Thread-safe.</summary>
internal sealed class ApiKeys(IOptions<AccessOptions> options)
{
    /// <summary>The claim with the SHA-256 of the key that opened a session, so that removing the key closes the session.</summary>
    public const string KeyClaim = "key_sha256";

    private readonly (string Name, byte[] Hash, IList<string> Scopes)[] _keys =
        [.. options.Value.ApiKeys.Select(key => (key.Name, Convert.FromHexString(key.Sha256), key.Scopes))];

    /// <summary>Whether any key is configured.</summary>
    public bool AreConfigured => _keys.Length > 0;

    /// <summary>The caller with this key; <see langword="null"/> where there is no such key. Takes the same time for every key.</summary>
    public ClaimsIdentity? Find(string key, string scheme) => FindByHash(SHA256.HashData(Encoding.UTF8.GetBytes(key)), scheme);

    /// <summary>Whether the key of a session is still configured.</summary>
    public bool Knows(string hash) => FindByHash(Convert.FromHexString(hash), "") is not null;

    private ClaimsIdentity? FindByHash(byte[] hash, string scheme)
    {
        ClaimsIdentity? found = null;
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, key.Hash))
                found = Identity(key.Name, key.Scopes, new Claim(KeyClaim, Convert.ToHexString(hash)), scheme);
        }

        return found;
    }

    /// <summary>Creates the identity of a caller, with scopes and the claim that its session depends on.</summary>
    public static ClaimsIdentity Identity(string name, IEnumerable<string> scopes, Claim session, string scheme) =>
        new([new Claim(ClaimTypes.Name, name), new Claim(Scopes.ClaimType, string.Join(' ', scopes)), session], scheme);
}
