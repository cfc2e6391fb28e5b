using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Zotify.Logging.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// Creates a database with all its tables, which appears at its name at once: even if the process is killed, there is either no database or
/// a complete one. The next process that opens the database deletes the rest of a creation that was killed.
/// </summary>
internal static class SqliteCreation
{
    private const string NewExtension = ".new";

    /// <summary>The two bytes of the header with the versions for writing and reading, and their value for WAL.</summary>
    private const int WriteVersion = 18;
    private const int ReadVersion = 19;
    private const byte WriteAheadLog = 2;

    /// <summary>Another process needs only milliseconds.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    /// <summary>Whether a name is the temporary name of a database during its creation, given the name of its file.</summary>
    public static bool IsBeingMade(string file, string name) =>
        name.StartsWith(file + ".", StringComparison.Ordinal) && name.EndsWith(NewExtension, StringComparison.Ordinal);

    /// <summary>Creates the database, unless another process is faster. Call it inside the write gate.</summary>
    /// <param name="file">The absolute path.</param>
    /// <param name="open">Opens a connection of this connection string.</param>
    /// <param name="cancellationToken">Ends the creation; then there is no database.</param>
    /// <exception cref="IOException">The database cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The database may not be written.</exception>
    public static async Task RunAsync(
        string file, Func<string, CancellationToken, Task<LoggingConnection>> open, CancellationToken cancellationToken)
    {
        var content = await MakeAsync(open, cancellationToken).ConfigureAwait(false);
        var made = $"{file}.{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}{NewExtension}";
        try
        {
            using (var stream = OwnFile.Create(made))
            {
                stream.Write(content);
                DiskFlush.Data(stream);
            }

            OwnFile.MoveNew(made, file);
        }
        finally
        {
            File.Delete(made);
        }
    }

    /// <summary>Deletes the files that killed processes left.</summary>
    public static void DeleteLeftovers(string file)
    {
        var name = Path.GetFileName(file);
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, $"{name}.*{NewExtension}"))
        {
            var age = TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(path);
            if (IsBeingMade(name, Path.GetFileName(path)) && age > MaxAge) File.Delete(path);
        }
    }

    private static async Task<byte[]> MakeAsync(
        Func<string, CancellationToken, Task<LoggingConnection>> open, CancellationToken cancellationToken)
    {
        var connection = await open("Data Source=:memory:;Pooling=False", cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await SqliteMigration.RunAsync(connection, cancellationToken).ConfigureAwait(false);
            var content = Serialize((SqliteConnection)connection.Driver);
            // A database in memory has no write-ahead log, but this one will have it.
            content[WriteVersion] = content[ReadVersion] = WriteAheadLog;
            return content;
        }
    }

    private static byte[] Serialize(SqliteConnection connection)
    {
        var bytes = raw.sqlite3_serialize(connection.Handle, "main", out var length, 0);
        if (bytes == 0) throw new InvalidOperationException("SQLite could not serialize a new database.");
        try
        {
            var content = new byte[length];
            Marshal.Copy(bytes, content, 0, content.Length);
            return content;
        }
        finally
        {
            raw.sqlite3_free(bytes);
        }
    }
}
