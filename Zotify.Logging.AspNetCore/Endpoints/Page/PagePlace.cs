namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>
/// Where the page is, relative to the address that was asked for. A proxy may remove a part of the browser's address, so that the
/// application cannot know all of it.
/// </summary>
internal sealed class PagePlace
{
    private readonly HttpContext _context;
    private readonly int _segmentsOfPage;

    /// <param name="context">The request.</param>
    /// <param name="segmentsOfView">How many segments the pattern of the view has below the page's own address.</param>
    public PagePlace(HttpContext context, int segmentsOfView)
    {
        _context = context;
        _segmentsOfPage = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.PathSegments.Count - segmentsOfView;
        // A slash inside a segment is still escaped here.
        var above = context.Request.Path.Value!.Count('/') - _segmentsOfPage - 1;
        Base = above > 0 ? Up(above) : "./";
        if (above < 0) WithSlash = $"./{RawTarget.PathOf(context.Request).Split('/')[^1]}/{context.Request.QueryString}";
    }

    /// <summary>The page's own address, which every other one in it is relative to.</summary>
    public string Base { get; }

    /// <summary>
    /// The address with a slash at its end, where it lacks the one that it needs: a browser resolves names against what is before the last
    /// slash.
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
