using System.Text;
using System.Text.Encodings.Web;
using Zotify.Logging.AspNetCore.Common;

namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>The page's text, with its own address and the parts of the application. Thread-safe.</summary>
internal sealed class PageText
{
    /// <summary>The folder of the page's files in addresses. The segment below it is their version.</summary>
    public const string Files = "files";

    private const string Name = "index.html";

    private readonly string _template;

    /// <param name="files">The page's files, and its text with the placeholders <c>{base}</c>, <c>{logs}</c>, <c>{parts}</c>,
    /// <c>{files}</c> and <c>{modules}</c>.</param>
    /// <param name="parts">The parts that the application has besides the logs.</param>
    public PageText(EmbeddedFiles files, PageParts parts)
    {
        var folder = $"{Files}/{files.Version}/";
        // Otherwise a browser would find each module only in the one that imports it.
        var modules = files.Names.Where(name => name.EndsWith(".js", StringComparison.Ordinal))
            .Select(name => $"<link rel=\"modulepreload\" href=\"{folder}{name}\">");
        _template = files.ReadText(Name)
            .Replace("{parts}", TextOf(parts), StringComparison.Ordinal)
            .Replace("{files}", folder, StringComparison.Ordinal)
            .Replace("{modules}", string.Join("\n  ", modules), StringComparison.Ordinal);
    }

    /// <summary>The page for a request.</summary>
    public EmbeddedFile At(PageLocation location) => new(Name, Encoding.UTF8.GetBytes(_template
        .Replace("{base}", location.Base, StringComparison.Ordinal)
        .Replace("{logs}", HtmlEncoder.Default.Encode(location.Logs()), StringComparison.Ordinal)));

    private static string TextOf(PageParts parts) => string.Join(
        ' ', Enum.GetValues<PageParts>().Where(part => part != PageParts.None && parts.HasFlag(part))
            .Select(part => $"{part}".ToLowerInvariant()));
}
