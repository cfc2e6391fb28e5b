using Zotify.Logging.Database;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Configuration;

/// <summary>
/// A setting that names a file, and the names that its files may get. Names compare ignoring case, because some file systems do.
/// </summary>
/// <param name="Key">The setting's full key.</param>
/// <param name="Value">Its value, as messages show it.</param>
/// <param name="Path">The full path of the file, in lower case with slashes.</param>
/// <param name="Uses">Whether one of its files in that folder may have a name.</param>
internal sealed record FileUser(string Key, string Value, string Path, Func<string, bool> Uses)
{
    /// <summary>The path of a handler's file.</summary>
    public static FileUser OfHandler(string key, string value, string directory, LogFileKind kind)
    {
        var path = Normal(System.IO.Path.Combine(directory, value.Replace('\\', '/')));
        var own = NameOf(path);
        if (kind == LogFileKind.Journal) return new FileUser(key, value, path, name => SideFiles.IsOf(own, name));
        var rolled = new RolledNames(own);
        return new FileUser(key, value, path, name => name == own || name == own + SideFiles.Replaced || rolled.NumberOf(name) is not null);
    }

    /// <summary>The log directory, which has its own files.</summary>
    public static FileUser OfDirectory(string key, string value, string directory) =>
        new(key, value, Normal(System.IO.Path.Combine(directory, LogDirectory.Names[0])), name => LogDirectory.Names.Contains(name));

    /// <summary>A database file.</summary>
    public static FileUser OfDatabase(string key, string value, string file)
    {
        var path = Normal(file);
        var names = SqliteFile.Names(NameOf(path));
        return new FileUser(key, value, path, name => names.Contains(name) || SqliteCreation.IsBeingMade(names[0], name));
    }

    /// <summary>Whether one of its files may have this path, or the path of one of its folders.</summary>
    public bool MayUse(string path)
    {
        for (var at = path; at.Length > 0; at = FolderOf(at))
        {
            if (FolderOf(at) == FolderOf(Path) && Uses(NameOf(at))) return true;
        }

        return false;
    }

#pragma warning disable CA1308 // The names that are added to it are in lower case.
    private static string Normal(string path) => System.IO.Path.GetFullPath(path).Replace('\\', '/').ToLowerInvariant();
#pragma warning restore CA1308

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
