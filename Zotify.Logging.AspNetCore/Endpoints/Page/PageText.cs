using System.Text;
using System.Text.Encodings.Web;
using Zotify.Logging.AspNetCore.Common;

namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>The page's text, with its own address and the parts of the application. Thread-safe.</summary>
internal sealed class PageText
{
    /// <summary>The folder of the page's files in addresses. The segment below it is their version.</summary>
    public const string Files = "files";

    private readonly string _template;

    /// <param name="files">The page's files, and its text with the placeholders <c>{base}</c>, <c>{logs}</c>, <c>{parts}</c>
    /// and <c>{files}</c>.</param>
    /// <param name="parts">The parts that the application has besides the logs.</param>
    public PageText(EmbeddedFiles files, PageParts parts)
    {
        var folder = $"{Files}/{files.Version}/";
        _template = PageFiles.WithJoined(files.ReadText(PageFiles.Page))
            .Replace("{parts}", TextOf(parts), StringComparison.Ordinal)
            .Replace("{files}", folder, StringComparison.Ordinal);
    }

    /// <summary>The page for a request.</summary>
    public EmbeddedFile At(PageLocation location) => new(PageFiles.Page, Encoding.UTF8.GetBytes(_template
        .Replace("{base}", location.Base, StringComparison.Ordinal)
        .Replace("{logs}", HtmlEncoder.Default.Encode(location.Logs()), StringComparison.Ordinal)));

    private static string TextOf(PageParts parts) => string.Join(
        ' ', Enum.GetValues<PageParts>().Where(part => part != PageParts.None && parts.HasFlag(part))
            .Select(part => $"{part}".ToLowerInvariant()));
}
