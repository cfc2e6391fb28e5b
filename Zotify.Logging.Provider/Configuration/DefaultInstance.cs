using System.Security.Cryptography;
using System.Text;

namespace Zotify.Logging.Configuration;

/// <summary>The default name of a writer: <c>machine/application</c>. A pure function.</summary>
internal static class DefaultInstance
{
    private const int MaxLength = 64;
    private const int HashLength = 8;

    /// <summary>
    /// Creates the name, at most 64 characters. If the name would be longer, the machine's name is shortened, not the application's. Eight
    /// hex digits of its SHA-256 replace its end, because container names differ at their ends.
    /// </summary>
    public static string Of(string machine, string application)
    {
        var room = MaxLength - application.Length - 1;
        if (room < 1) return application[..Math.Min(MaxLength, application.Length)];
        return $"{(machine.Length <= room ? machine : Shorten(machine, room))}/{application}";
    }

    private static string Shorten(string machine, int room)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(machine)))[..HashLength];
        return room <= HashLength ? hash[..room] : $"{machine[..(room - HashLength - 1)]}~{hash}";
    }
}
