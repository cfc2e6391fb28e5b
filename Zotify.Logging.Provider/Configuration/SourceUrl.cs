namespace Zotify.Logging.Configuration;

/// <summary>The address of another instance. Pure functions.</summary>
internal static class SourceUrl
{
    private const string Endpoints = "/api/logs";

    /// <summary>
    /// Reads an address. It may end in <c>/api/logs</c>, which is left out. The result ends in a slash; <see langword="null"/> with a
    /// reason where the text is no such address.
    /// </summary>
    public static Uri? Parse(string text, out string? error)
    {
        error = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            error = "the address of the other instance is expected, such as http://web-2:8080";
        else if (url.UserInfo.Length > 0)
            error = "the address may hold no user or password; use ApiKey";
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            error = "the address may hold no query and no fragment; use the part before /api/logs";
        if (error is not null) return null;
        var path = url!.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(Endpoints, StringComparison.OrdinalIgnoreCase)) path = path[..^Endpoints.Length];
        return new Uri($"{url.GetLeftPart(UriPartial.Authority)}{path}/");
    }

    /// <summary>The address as a message may show it: without a user, a password and a query, which may be secrets.</summary>
    public static string WithoutSecrets(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0
        ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : text.Contains('@', StringComparison.Ordinal) ? $"…{text[text.LastIndexOf('@')..]}" : text;
}
