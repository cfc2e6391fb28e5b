using SQLitePCL;

namespace Zotify.Logging.Database;

/// <summary>The native library of SQLite that this package brings.</summary>
internal static class SqliteLibrary
{
    /// <summary>Its name.</summary>
    public const string Name = "e_sqlite3";

    /// <summary>
    /// Whether the driver uses it. An application may bring its own build of SQLite; handles of one library are invalid in another.
    /// </summary>
    public static bool IsBundled => raw.GetNativeLibraryName() == Name;
}
