using System.Text;
using System.Text.RegularExpressions;
using Zotify.Logging.AspNetCore.Common;

namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>The page's files, with its modules joined into one file, and its style sheets.</summary>
internal static partial class PageFiles
{
    /// <summary>The page's text.</summary>
    public const string Page = "index.html";

    /// <summary>All modules.</summary>
    public const string Script = "js/page.js";

    /// <summary>All style sheets.</summary>
    public const string Style = "css/page.css";

    private const string Main = "main";

    /// <summary>Reads them from this assembly, when they are needed.</summary>
    public static EmbeddedFiles Read() => new(typeof(PageFiles).Assembly, Join);

    /// <summary>The page's text with the joined files in place of those that it names.</summary>
    public static string WithJoined(string page)
    {
        var styles = StyleSheet().Replace(page, "");
        return styles.Replace($"{{files}}js/{Main}.js", $"{{files}}{Script}", StringComparison.Ordinal)
            .Replace("{styles}", $"<link rel=\"stylesheet\" href=\"{{files}}{Style}\">", StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Text)> Join(Func<string, string> read, IEnumerable<string> names)
    {
        var modules = names.Where(name => Path.GetExtension(name) == ".js")
            .ToDictionary(name => Path.GetFileNameWithoutExtension(name), read, StringComparer.Ordinal);
        yield return (Script, ModuleBundle.Of(modules, Main));
        // In the order of the page: later rules win.
        var styles = new StringBuilder();
        foreach (Match style in StyleSheet().Matches(read(Page))) styles.Append(read(style.Groups["name"].Value)).Append('\n');
        yield return (Style, styles.ToString());
    }

    [GeneratedRegex("""^ *<link rel="stylesheet" href="\{files\}(?<name>[^"]+)">\r?\n""", RegexOptions.Multiline)]
    private static partial Regex StyleSheet();
}
