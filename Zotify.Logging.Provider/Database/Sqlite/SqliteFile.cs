using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Zotify.Logging.Common;

namespace Zotify.Logging.Database;

/// <summary>The database file itself, which somebody may delete or replace while connections have it open.</summary>
internal static partial class SqliteFile
{
    private const string Library = "e_sqlite3";

    /// <summary>SQLITE_FCNTL_HAS_MOVED.</summary>
    private const int HasMovedOperation = 20;

    /// <summary>
    /// Whether the file that the connection has open is not the one at its path any more. Only SQLite can tell: whoever else
    /// opens the file and closes it again takes away the locks that SQLite holds in this process. False where an application
    /// brings its own build of SQLite, and on Windows, where an open database cannot be deleted.
    /// </summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        if (raw.GetNativeLibraryName() != Library) return false;
        var moved = 0;
        return FileControl(connection.Handle!.DangerousGetHandle(), null, HasMovedOperation, ref moved) == raw.SQLITE_OK && moved != 0;
    }

    /// <summary>
    /// Sees to it that the index of the write-ahead log, which lies beside the database, does not harm a new connection. Call
    /// with the turn to write.
    /// </summary>
    public static void TendIndex(string file)
    {
        var index = file + "-shm";
        if (!PathCheck.IsFile(index)) return;
        // Looked at after the index: whoever makes a new database at this moment makes the file first.
        if (!PathCheck.IsFile(file))
        {
            // Connections of this process may still have the deleted database open: sharing its index would spoil the new one.
            File.Delete(index);
        }
        else if (!OperatingSystem.IsWindows() && IsReadOnly(index) && !IsReadOnly(file))
        {
            // Made while the database could only be read, with its permissions; SQLite leaves it at that.
            File.SetUnixFileMode(index, File.GetUnixFileMode(file));
        }
    }

    /// <summary>
    /// Sees to it that only their owner and group can read the database and the files beside it: an older version may have made them
    /// readable by everybody. SQLite gives the files beside it the permissions of the database. Call with the turn to write.
    /// </summary>
    public static void Restrict(string file)
    {
        foreach (var name in Names(file)) OwnFile.Tighten(name);
    }

    /// <summary>The database and the files that SQLite makes beside it.</summary>
    public static IReadOnlyList<string> Names(string file) => [file, file + "-wal", file + "-shm", file + "-journal"];

    private static bool IsReadOnly(string path) => (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0;

    [LibraryImport(Library, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint connection, string? database, int operation, ref int argument);
}
