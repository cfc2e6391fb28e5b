using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Zotify.Logging.Common;

namespace Zotify.Logging.Database;

/// <summary>The database file, which somebody may delete or replace while connections have it open.</summary>
internal static partial class SqliteFile
{
    /// <summary>SQLITE_FCNTL_HAS_MOVED.</summary>
    private const int HasMovedOperation = 20;

    /// <summary>
    /// Whether the path of the database no longer leads to the file that the connection has open. Only SQLite can check this: if other code
    /// opened and closed the file, that would release the locks that SQLite holds in this process. False where an application brings its
    /// own build of SQLite, and on Windows, where an open database cannot be deleted.
    /// </summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        if (!SqliteLibrary.IsBundled) return false;
        var moved = 0;
        return FileControl(connection.Handle!.DangerousGetHandle(), null, HasMovedOperation, ref moved) == raw.SQLITE_OK && moved != 0;
    }

    /// <summary>
    /// Repairs the index of the write-ahead log, a file next to the database, where it would harm a new connection. Call it inside the
    /// write gate.
    /// </summary>
    public static void RepairIndex(string file)
    {
        var index = file + "-shm";
        if (!PathCheck.IsFile(index)) return;
        // Check the database after its index: SQLite creates a new database before its index.
        if (!PathCheck.IsFile(file))
        {
            // Connections of this process may still have the deleted database open. Sharing its index would corrupt the new one.
            File.Delete(index);
        }
        else if (!OperatingSystem.IsWindows())
        {
            TryMakeWritable(index, file);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void TryMakeWritable(string index, string file)
    {
        try
        {
            if (!IsReadOnly(index) || IsReadOnly(file)) return;
            // The index was created while the database was read-only, with the same permissions; SQLite does not change them.
            File.SetUnixFileMode(index, File.GetUnixFileMode(file));
        }
        catch (FileNotFoundException)
        {
            // The last connection of another container or process has closed, and deleted the index.
        }
    }

    /// <summary>
    /// Lets only owner and group read the database and its side files, which an older version may have made readable by everybody. SQLite
    /// gives the side files the permissions of the database. Call it inside the write gate.
    /// </summary>
    public static void Restrict(string file)
    {
        foreach (var name in Names(file)) OwnFile.Tighten(name);
    }

    /// <summary>The database and the side files that SQLite creates for it.</summary>
    public static IReadOnlyList<string> Names(string file) => [file, file + "-wal", file + "-shm", file + "-journal"];

    private static bool IsReadOnly(string path) => (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0;

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint connection, string? database, int operation, ref int argument);
}
