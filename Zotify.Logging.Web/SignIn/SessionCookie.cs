using System.Security.Cryptography;
using System.Text;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// The name of the cookie. A browser sends a host's cookies to all its ports, so each program has a name of its own: two programs on one
/// host do not sign each other out.
/// </summary>
internal static class SessionCookie
{
    private const string Directory = "Logging:Zotify:Directory";
    private const int SuffixLength = 8;

    /// <summary>The name, by the machine and the log directory, which no two programs share.</summary>
    public static string NameOf(IConfiguration configuration, IHostEnvironment environment)
    {
        var directory = Path.GetFullPath(configuration[Directory] ?? "", environment.ContentRootPath);
        var program = Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{directory}");
        return $"zotify_session_{Convert.ToHexStringLower(SHA256.HashData(program))[..SuffixLength]}";
    }
}
