namespace Zotify.Logging.Common;

/// <summary>Finds out whether two paths lead to the same directory, however they are spelled.</summary>
internal static class RealPath
{
    /// <summary>More links in a path than any system follows.</summary>
    private const int MaxLinks = 64;

    /// <summary>How paths compare on this system.</summary>
    public static StringComparer Comparer { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparer.OrdinalIgnoreCase
        : StringComparer.Ordinal;

    /// <summary>
    /// The absolute path with every symbolic link resolved. The parts that do not exist yet, or cannot be examined, stay as they are.
    /// </summary>
    public static string Of(string path)
    {
        var left = new Stack<string>(Parts(Path.GetFullPath(path), out var resolved));
        for (var links = 0; left.TryPop(out var part);)
        {
            var next = Path.Combine(resolved, part);
            if (links >= MaxLinks || LinkTarget(next) is not { } target)
            {
                resolved = next;
                continue;
            }

            links++;
            foreach (var further in Parts(Path.GetFullPath(target, resolved), out resolved)) left.Push(further);
        }

        return resolved;
    }

    /// <summary>The parts of an absolute path below its root, the last one first.</summary>
    private static IEnumerable<string> Parts(string path, out string root)
    {
        root = Path.GetPathRoot(path)!;
        return path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse();
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new DirectoryInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
