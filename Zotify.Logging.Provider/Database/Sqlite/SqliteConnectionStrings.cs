using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Database;

/// <summary>The settings that the configured connection string results in.</summary>
/// <param name="File">The absolute path of the database file.</param>
/// <param name="Writing">
/// The connection string of writers. Creates the file where there is none. Not pooled: a connection that was opened while the file was
/// read-only stays read-only, and one to a deleted file keeps that file.
/// </param>
/// <param name="Reading">The connection string of readers: a missing file is an error, not a new database.</param>
/// <param name="BusyTimeout">How long to wait for another process's write.</param>
internal sealed record SqliteConnectionStrings(string File, string Writing, string Reading, TimeSpan BusyTimeout)
{
    private const int DefaultTimeoutSeconds = 2;

    /// <exception cref="ArgumentException">
    /// It is malformed, or names no file: each connection to a database in memory would have another one.
    /// </exception>
    public static SqliteConnectionStrings Parse(string connectionString, string directory)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (builder.DataSource is "" or ":memory:"
            || builder.Mode == SqliteOpenMode.Memory
            || builder.DataSource.StartsWith("file:", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                "The connection string must name a file by its path, as in 'Data Source=zotify.db'.", nameof(connectionString));
        }

        builder.DataSource = Path.GetFullPath(builder.DataSource, directory);
        builder.ForeignKeys = true;
        // Zero would mean to wait forever.
        if (!builder.ShouldSerialize("Default Timeout") || builder.DefaultTimeout <= 0) builder.DefaultTimeout = DefaultTimeoutSeconds;
        var reading = new SqliteConnectionStringBuilder(builder.ConnectionString) { Mode = SqliteOpenMode.ReadWrite };
        builder.Mode = SqliteOpenMode.ReadWriteCreate;
        builder.Pooling = false;
        return new SqliteConnectionStrings(
            builder.DataSource, builder.ConnectionString, reading.ConnectionString, TimeSpan.FromSeconds(builder.DefaultTimeout));
    }
}
