using System.Text.Encodings.Web;

namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>The page's text, which says where it is and what the application has. Thread-safe.</summary>
/// <param name="template">The text, with the words <c>{base}</c>, <c>{logs}</c> and <c>{parts}</c> for these.</param>
/// <param name="parts">What the application has beside the logs.</param>
internal sealed class PageText(string template, PageParts parts)
{
    private readonly string _template = template.Replace("{parts}", TextOf(parts), StringComparison.Ordinal);

    /// <summary>The text for a place.</summary>
    public string At(PagePlace place) => _template
        .Replace("{base}", place.Base, StringComparison.Ordinal)
        .Replace("{logs}", HtmlEncoder.Default.Encode(place.Logs()), StringComparison.Ordinal);

    private static string TextOf(PageParts parts) => string.Join(
        ' ', Enum.GetValues<PageParts>().Where(part => part != PageParts.None && parts.HasFlag(part))
            .Select(part => $"{part}".ToLowerInvariant()));
}
