using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Lets anybody who sees the program's output sign in, once, where no other access is configured. The session ends with the program.
/// Thread-safe.
/// </summary>
internal sealed class SignInLink
{
    /// <summary>The claim of sessions opened by a link.</summary>
    public const string SessionClaim = "link_session";

    private const string UserName = "local";

    private readonly string _session = RandomText();
    private byte[]? _token;

    /// <summary>Creates a new token at each call. The token before is void.</summary>
    public string Issue()
    {
        var token = RandomText();
        Interlocked.Exchange(ref _token, Encoding.UTF8.GetBytes(token));
        return token;
    }

    /// <summary>The caller with this token, with all scopes; <see langword="null"/> where the token is wrong, or was used.</summary>
    public ClaimsIdentity? Redeem(string token, string scheme)
    {
        var expected = Volatile.Read(ref _token);
        if (expected is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), expected)) return null;
        // Only one of two concurrent requests succeeds.
        return Interlocked.CompareExchange(ref _token, null, expected) == expected
            ? ApiKeys.Identity(UserName, Scopes.All, new Claim(SessionClaim, _session), scheme)
            : null;
    }

    /// <summary>Whether this program's link opened the session.</summary>
    public bool Opened(string session) => session == _session;

    private static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
