using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Lets whoever sees the program's output sign in, once, where no other access is configured. Its session ends with the
/// program. Thread-safe.
/// </summary>
internal sealed class SignInLink
{
    /// <summary>The claim of sessions opened by a link.</summary>
    public const string SessionClaim = "link_session";

    private const string UserName = "local";

    private readonly string _session = RandomText();
    private byte[]? _token;

    /// <summary>Makes the token, a new one at each call; the one before is void.</summary>
    public string Issue()
    {
        var token = RandomText();
        Interlocked.Exchange(ref _token, Encoding.UTF8.GetBytes(token));
        return token;
    }

    /// <summary>The caller with this token, with all scopes; <see langword="null"/> where it is not the token, or was used.</summary>
    public ClaimsIdentity? Redeem(string token, string scheme)
    {
        var expected = Volatile.Read(ref _token);
        if (expected is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), expected)) return null;
        // Of two concurrent requests one wins.
        return Interlocked.CompareExchange(ref _token, null, expected) == expected
            ? ApiKeys.Identity(UserName, Scopes.All, new Claim(SessionClaim, _session), scheme)
            : null;
    }

    /// <summary>Whether this program's link opened the session.</summary>
    public bool Opened(string session) => session == _session;

    private static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
