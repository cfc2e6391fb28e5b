using System.Buffers;
using System.Net;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.SignIn;

/// <summary>Finds errors in the access options. Each names its full key of the configuration.</summary>
internal static class AccessErrors
{
    private const int HexLength = 64;
    private const string Keys = $"{AccessOptions.Section}:{nameof(AccessOptions.ApiKeys)}";
    private const string Proxies = $"{AccessOptions.Section}:{nameof(AccessOptions.Proxies)}";
    private const string Origins = $"{AccessOptions.Section}:{nameof(AccessOptions.Origins)}";
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Returns every error.</summary>
    public static IEnumerable<string> Of(AccessOptions options) =>
    [
        .. options.ApiKeys.SelectMany((key, at) => OfKey(key, $"{Keys}:{at}")),
        .. options.ApiKeys.GroupBy(key => key.Name).Where(same => same.Key.Length > 0 && same.Count() > 1)
            .Select(same => $"{Keys}: '{same.Key}' is the name of two keys; give each its own, so that audit events distinguish them"),
        .. options.Proxies.Index().Where(proxy => !IPAddress.TryParse(proxy.Item, out _) && !IPNetwork.TryParse(proxy.Item, out _))
            .Select(proxy => $"{Proxies}:{proxy.Index}: '{proxy.Item}' is not valid; use an address, or a network such as 10.0.0.0/8"),
        .. options.Origins.Index().Where(origin => !IsOrigin(origin.Item))
            .Select(origin => $"{Origins}:{origin.Index}: '{origin.Item}' is not valid; use an origin such as https://ops.example.org"),
    ];

    private static bool IsOrigin(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority) == origin;

    private static IEnumerable<string> OfKey(ApiKeyOptions key, string path)
    {
        if (string.IsNullOrWhiteSpace(key.Name))
            yield return $"{path}:{nameof(key.Name)}: a name is expected; it is the user of audit events";
        if (key.Sha256.Length != HexLength || key.Sha256.AsSpan().ContainsAnyExcept(Hex))
        {
            yield return $"{path}:{nameof(key.Sha256)}: '{key.Sha256}' is not valid; use 64 hex digits, "
                + "as 'key new --name <name> --scopes <scopes>' prints them";
        }

        if (key.Scopes.Count == 0) yield return $"{path}:{nameof(key.Scopes)}: at least one of {string.Join(", ", Scopes.All)} is expected";
        foreach (var (at, scope) in key.Scopes.Index().Where(scope => !Scopes.All.Contains(scope.Item)))
            yield return $"{path}:{nameof(key.Scopes)}:{at}: '{scope}' is no scope; use {string.Join(", ", Scopes.All)}";
    }
}
