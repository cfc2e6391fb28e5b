namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>
/// The addresses of the page and the endpoints, relative to the requested address. A proxy may remove a part of the browser's address, so
/// the application cannot know the whole address.
/// </summary>
internal sealed class PageLocation
{
    private readonly HttpContext _context;
    private readonly int _segmentsOfPage;

    /// <param name="context">The request.</param>
    /// <param name="segmentsOfView">How many segments the pattern of the view has below the page's own address.</param>
    public PageLocation(HttpContext context, int segmentsOfView)
    {
        _context = context;
        _segmentsOfPage = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.PathSegments.Count - segmentsOfView;
        // A slash inside a segment is still escaped here.
        var above = context.Request.Path.Value!.Count('/') - _segmentsOfPage - 1;
        Base = above > 0 ? Up(above) : "./";
        if (above < 0) WithSlash = $"./{RawTarget.PathOf(context.Request).Split('/')[^1]}/{context.Request.QueryString}";
    }

    /// <summary>The page's own address. All other addresses in the page are relative to it.</summary>
    public string Base { get; }

    /// <summary>
    /// The address with a slash at its end, where the request needs one and has none: a browser resolves relative addresses against the
    /// part before the last slash.
    /// </summary>
    public string? WithSlash { get; }

    /// <summary>The address of the logs' endpoints, relative to the page's.</summary>
    public string Logs()
    {
        var marked = _context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .First(endpoint => endpoint.Metadata.GetMetadata<LogEndpoint>() is not null);
        return Up(_segmentsOfPage) + LogEndpoint.PrefixOf(marked.RoutePattern, _context.Request.RouteValues);
    }

    private static string Up(int segments) => string.Concat(Enumerable.Repeat("../", segments));
}
