namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>
/// Matches requests that accept HTML. For others the address is unknown: a program gets what the application answers then, which may be
/// that it has no credential.
/// </summary>
internal sealed class BrowsersOnly : IRouteConstraint
{
    /// <inheritdoc/>
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext?.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) == true;
}
