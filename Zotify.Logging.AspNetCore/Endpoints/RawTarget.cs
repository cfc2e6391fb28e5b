using Microsoft.AspNetCore.Http.Features;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>
/// The path as the client sent it. The server decodes the whole path except <c>%2F</c>, so that <c>%2F</c> and <c>%252F</c> become the
/// same. Only the raw path distinguishes a slash in a job's id from its escaped form.
/// </summary>
internal static class RawTarget
{
    /// <summary>The raw path, without the query.</summary>
    public static string PathOf(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        return target is ['/', ..] ? target.Split('?', 2)[0] : request.PathBase + request.Path.ToUriComponent();
    }

    /// <summary>The last segment of the path, decoded once.</summary>
    public static string LastSegment(HttpRequest request) => SegmentFromEnd(request, 1);

    /// <summary>The segment before the last one, decoded once.</summary>
    public static string SegmentBeforeLast(HttpRequest request) => SegmentFromEnd(request, 2);

    private static string SegmentFromEnd(HttpRequest request, int index) =>
        Uri.UnescapeDataString(PathOf(request).TrimEnd('/').Split('/')[^index]);
}
