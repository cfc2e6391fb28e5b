using System.Text;

namespace Zotify.Logging.Queries;

/// <summary>
/// A path into the details: names in brackets, <c>[order.id][value]</c>, of which a <c>]</c> is written twice; or names separated by dots,
/// <c>order.id</c>, where none of them has a dot.
/// </summary>
internal static class DetailPath
{
    /// <summary>Reads the names, each below the one before. Returns whether the text is a path.</summary>
    public static bool TryParse(string path, out IReadOnlyList<string> names)
    {
        names = path.StartsWith('[') ? Bracketed(path) : path.Split('.');
        return names.Count > 0;
    }

    /// <summary>The names of a path that was checked.</summary>
    public static IReadOnlyList<string> Parse(string path) =>
        TryParse(path, out var names) ? names : throw new FormatException($"'{path}' is no path into the details.");

    private static List<string> Bracketed(string path)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        for (var at = 0; at < path.Length;)
        {
            if (path[at++] != '[') return [];
            name.Clear();
            while (true)
            {
                if (at == path.Length) return [];
                var isEnd = path[at] == ']' && !(at + 1 < path.Length && path[at + 1] == ']');
                if (isEnd) break;
                // Two of them stand for one.
                at += path[at] == ']' ? 1 : 0;
                name.Append(path[at++]);
            }

            names.Add(name.ToString());
            at++;
        }

        return names;
    }
}
