using System.Text.Encodings.Web;

namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>The page's text, with its own address and the parts of the application. Thread-safe.</summary>
/// <param name="template">The text, with the placeholders <c>{base}</c>, <c>{logs}</c> and <c>{parts}</c>.</param>
/// <param name="parts">The parts that the application has besides the logs.</param>
internal sealed class PageText(string template, PageParts parts)
{
    private readonly string _template = template.Replace("{parts}", TextOf(parts), StringComparison.Ordinal);

    /// <summary>The text for a request.</summary>
    public string At(PageLocation location) => _template
        .Replace("{base}", location.Base, StringComparison.Ordinal)
        .Replace("{logs}", HtmlEncoder.Default.Encode(location.Logs()), StringComparison.Ordinal);

    private static string TextOf(PageParts parts) => string.Join(
        ' ', Enum.GetValues<PageParts>().Where(part => part != PageParts.None && parts.HasFlag(part))
            .Select(part => $"{part}".ToLowerInvariant()));
}
