using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.Commands;

/// <summary>
/// The command <c>key new --name &lt;name&gt; --scopes &lt;scope,scope&gt;</c>: creates a key and prints the configuration for it.
/// </summary>
internal static class ApiKeyCommand
{
    private const int Done = 0;

    /// <summary>The command <c>key</c>.</summary>
    /// <param name="output">Gets the key, and the configuration for it.</param>
    /// <param name="error">Gets errors in the arguments.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var name = new Option<string>("--name") { Description = "Who uses the key; the user of audit events.", Required = true };
        var scopes = new Option<string>("--scopes")
        {
            Description = $"What it opens, separated by commas: {string.Join(',', Scopes.All)}.",
            Required = true,
        };
        var create = new Command("new", "Makes a key, shown this once, and prints what to configure.") { name, scopes };
        create.SetAction(parsed => Run(parsed.GetRequiredValue(name), parsed.GetRequiredValue(scopes), output, error));
        return new Command("key", "API keys.") { create };
    }

    /// <summary>Creates a key. Returns 0, or 2 where a value cannot be used.</summary>
    private static int Run(string name, string list, TextWriter output, TextWriter error)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            error.WriteLine("--name: a name is expected; it is the user of audit events");
            return CommandLine.NotUnderstood;
        }

        var scopes = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (scopes.Length == 0 || scopes.Except(Scopes.All).Any())
        {
            error.WriteLine($"--scopes: '{list}': one or more of {string.Join(',', Scopes.All)} are expected");
            return CommandLine.NotUnderstood;
        }

        var key = $"zl_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        output.WriteLine($"Key of '{name}', shown this once: {key}");
        output.WriteLine("Configure it, here as environment variables, with its place in the list for the 0 after ApiKeys:");
        output.WriteLine($"Zotify__Access__ApiKeys__0__Name={name}");
        output.WriteLine($"Zotify__Access__ApiKeys__0__Sha256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}");
        for (var i = 0; i < scopes.Length; i++) output.WriteLine($"Zotify__Access__ApiKeys__0__Scopes__{i}={scopes[i]}");
        return Done;
    }
}
