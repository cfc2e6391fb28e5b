namespace Zotify.Logging.Tests.Architecture;

/// <summary>Reads a list of folders, each with the folders that it uses: <c>Handlers: Journal Records</c>. An indented line continues the
/// one before.</summary>
internal static class FolderList
{
    /// <summary>The name of the project's own folder in a list.</summary>
    public const string Root = "(root)";

    /// <summary>The arrows of the list.</summary>
    public static IReadOnlySet<FolderArrow> Parse(string list)
    {
        var arrows = new HashSet<FolderArrow>();
        var from = "";
        foreach (var line in list.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, known) = line.Split(':') is [var head, var tail] ? (head, tail) : (from, line);
            from = name;
            foreach (var to in known.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                arrows.Add(new FolderArrow(Folder(from), Folder(to)));
        }

        return arrows;
    }

    private static string Folder(string name) => name == Root ? "" : name;
}
