using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.Commands;

/// <summary>The command <c>key new --name &lt;name&gt; --scopes &lt;scope,scope&gt;</c>: makes a key and prints what to configure.</summary>
internal static class ApiKeyCommand
{
    private const string Usage = "usage: key new --name <name> --scopes <scope,scope>";

    /// <summary>Runs the command; 0, or 2 where it was not understood.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        if (args is not ["new", "--name", var name, "--scopes", var list] || string.IsNullOrWhiteSpace(name))
        {
            error.WriteLine(Usage);
            return 2;
        }

        var scopes = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (scopes.Length == 0 || scopes.Except(Scopes.All).Any())
        {
            error.WriteLine($"--scopes: '{list}': one or more of {string.Join(',', Scopes.All)} are expected");
            return 2;
        }

        var key = $"zl_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        output.WriteLine($"Key of '{name}', shown this once: {key}");
        output.WriteLine("Configure it, here as environment variables, with its place in the list for the 0 after ApiKeys:");
        output.WriteLine($"Zotify__Access__ApiKeys__0__Name={name}");
        output.WriteLine($"Zotify__Access__ApiKeys__0__Sha256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}");
        for (var i = 0; i < scopes.Length; i++) output.WriteLine($"Zotify__Access__ApiKeys__0__Scopes__{i}={scopes[i]}");
        return 0;
    }
}
