using Microsoft.AspNetCore.Routing.Patterns;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>The addresses of the page's views. All return the same page, which shows the view of its address.</summary>
internal static class PageEndpoints
{
    private const string Icon = "icon.svg";
    private static readonly string[] Folders = ["css", "fonts", "js"];

    // A job's id may contain slashes.
    private static readonly (string Pattern, int Segments)[] Views = [("/", 0), ("/audit", 1), ("/jobs", 1), ("/jobs/{**job_id}", 2)];

    // Not all addresses: those of other endpoints keep their own answers to unknown paths and methods.
    private static readonly (RoutePattern Pattern, int Segments)[] Unknown =
        [(ForBrowsers("/{address}"), 1), (ForBrowsers("/{address}/{below}"), 2), (ForBrowsers("/audit/{**address}"), 2)];

    /// <summary>Maps the page with its files, and at the address of each view.</summary>
    /// <param name="group">The group whose prefix is the page's address.</param>
    /// <param name="parts">The parts that the application has besides the logs.</param>
    /// <param name="hasUnknown">Whether the page also answers browsers at addresses that are none of its views, with status 404.</param>
    public static void MapPage(this IEndpointRouteBuilder group, PageParts parts, bool hasUnknown)
    {
        var files = PageFiles.Read();
        var page = new PageText(files, parts);
        foreach (var (pattern, segments) in Views)
        {
            group.MapMethods(pattern, EmbeddedFiles.Methods, (HttpContext context) => Show(context, page, segments))
                .ExcludeFromDescription();
        }

        foreach (var (pattern, segments) in hasUnknown ? Unknown : [])
        {
            group.Map(pattern, (HttpContext context) => ShowUnknown(context, page, segments))
                .WithMetadata(new HttpMethodMetadata([HttpMethods.Get])).ExcludeFromDescription();
        }

        foreach (var folder in Folders) group.MapFiles(files, folder);
        group.MapFile(files, Icon);
        group.MapMethods(
            $"/{PageText.Files}/{{version}}/{Icon}", EmbeddedFiles.Methods,
            (HttpContext context, string version) => files.Get(context, version, Icon)).ExcludeFromDescription();
    }

    private static void MapFiles(this IEndpointRouteBuilder group, EmbeddedFiles files, string folder)
    {
        IResult Get(HttpContext context, string version, string file) => files.Get(context, version, $"{folder}/{file}");
        group.MapMethods($"/{PageText.Files}/{{version}}/{folder}/{{file}}", EmbeddedFiles.Methods, Get).ExcludeFromDescription();
    }

    private static RoutePattern ForBrowsers(string pattern)
    {
        var policies = new RouteValueDictionary { ["address"] = new BrowsersOnly() };
        return RoutePatternFactory.Parse(pattern, defaults: null, policies);
    }

    private static IResult ShowUnknown(HttpContext context, PageText page, int segmentsOfView)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Show(context, page, segmentsOfView);
    }

    private static IResult Show(HttpContext context, PageText page, int segmentsOfView)
    {
        var location = new PageLocation(context, segmentsOfView);
        if (location.WithSlash is { } address) return TypedResults.Redirect(address);
        PageHeaders.AddTo(context.Response);
        return page.At(location).Answer(context, "no-cache");
    }
}
