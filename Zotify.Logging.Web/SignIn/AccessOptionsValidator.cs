using System.Buffers;
using System.Net;
using Microsoft.Extensions.Options;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.SignIn;

/// <summary>Validates who may read; every fault names its key of the configuration in full.</summary>
/// <param name="configuration">What the options come from: a key that they do not know would change nothing, silently.</param>
internal sealed class AccessOptionsValidator(IConfiguration configuration) : IValidateOptions<AccessOptions>
{
    private const int HexLength = 64;
    private const string Keys = $"{AccessOptions.Section}:{nameof(AccessOptions.ApiKeys)}";
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly string[] KnownOfAccess = [nameof(AccessOptions.ApiKeys), nameof(AccessOptions.Proxies), nameof(AccessOptions.Origins)];
    private static readonly string[] KnownOfKey = [nameof(ApiKeyOptions.Name), nameof(ApiKeyOptions.Sha256), nameof(ApiKeyOptions.Scopes)];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var section = configuration.GetSection(AccessOptions.Section);
        string[] faults =
        [
            .. Unknown(section, KnownOfAccess),
            .. section.GetSection(nameof(options.ApiKeys)).GetChildren().SelectMany(key => Unknown(key, KnownOfKey)),
            .. options.ApiKeys.SelectMany((key, at) => Faults(key, $"{Keys}:{at}")),
            .. options.ApiKeys.GroupBy(key => key.Name).Where(same => same.Key.Length > 0 && same.Count() > 1)
                .Select(same => $"{Keys}: the name '{same.Key}' is given twice; audit events could not tell the keys apart"),
            .. options.Proxies.Select((proxy, at) => (proxy, at)).Where(given => !IPAddress.TryParse(given.proxy, out _) && !IPNetwork.TryParse(given.proxy, out _))
                .Select(given => $"{AccessOptions.Section}:{nameof(options.Proxies)}:{given.at}: '{given.proxy}': an address, or a network such as 10.0.0.0/8, is expected"),
            .. options.Origins.Select((origin, at) => (origin, at)).Where(given => !IsOrigin(given.origin))
                .Select(given => $"{AccessOptions.Section}:{nameof(options.Origins)}:{given.at}: '{given.origin}': an origin such as https://ops.example.org, without a path, is expected"),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Unknown(IConfigurationSection section, string[] known) => section.GetChildren()
        .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
        .Select(child => $"{child.Path}: this key is not known; use {string.Join(", ", known)}");

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == origin;

    private static IEnumerable<string> Faults(ApiKeyOptions key, string path)
    {
        if (string.IsNullOrWhiteSpace(key.Name)) yield return $"{path}:{nameof(key.Name)}: a name is expected; it is the user of audit events";
        if (key.Sha256.Length != HexLength || key.Sha256.AsSpan().ContainsAnyExcept(Hex))
            yield return $"{path}:{nameof(key.Sha256)}: '{key.Sha256}': 64 hex digits are expected; 'key new --name <name> --scopes <scopes>' makes a key and prints them";
        if (key.Scopes.Count == 0) yield return $"{path}:{nameof(key.Scopes)}: at least one of {string.Join(", ", Scopes.All)} is expected";
        for (var i = 0; i < key.Scopes.Count; i++)
        {
            if (!Scopes.All.Contains(key.Scopes[i]))
                yield return $"{path}:{nameof(key.Scopes)}:{i}: '{key.Scopes[i]}' is no scope; use {string.Join(", ", Scopes.All)}";
        }
    }
}
