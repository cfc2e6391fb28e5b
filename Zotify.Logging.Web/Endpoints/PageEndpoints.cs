using System.Net.Mime;
using Microsoft.Extensions.FileProviders;

namespace Zotify.Logging.Web.Endpoints;

/// <summary>The addresses of the page's views, which are all the same page: it shows what the address says.</summary>
internal static class PageEndpoints
{
    private const string Page = "index.html";

    // A job's id may have slashes in it.
    private static readonly string[] Views = ["/audit", "/jobs", "/jobs/{**job_id}"];

    /// <summary>Serves the page at <c>/</c> with its files, and at the address of each view, to everybody: it has no data in itself.</summary>
    public static void MapPage(this WebApplication app)
    {
        var files = new ManifestEmbeddedFileProvider(typeof(PageEndpoints).Assembly, "wwwroot");
        var page = files.GetFileInfo(Page);
        foreach (var view in Views)
        {
            app.MapGet(view, () => TypedResults.Stream(page.CreateReadStream(), MediaTypeNames.Text.Html)).AllowAnonymous().ExcludeFromDescription();
        }
    }
}
