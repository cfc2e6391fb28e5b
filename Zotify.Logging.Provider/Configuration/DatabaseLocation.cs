using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Handlers;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Configuration;

/// <summary>
/// The location of the database. A relative SQLite file is relative to the log directory. For earlier versions it was relative to the
/// content root, and the default was <c>logs/zotify.db</c>. The database of such a version is found, so that no second one is created
/// unnoticed.
/// </summary>
/// <param name="Options">The options, with the full path of the file if it is not the configured one.</param>
/// <param name="Notice">A notice for the operator about an older database; <see langword="null"/> where there is none.</param>
internal sealed record DatabaseLocation(DatabaseOptions Options, string? Notice)
{
    private const string FormerDefault = "logs/zotify.db";

    private static readonly string Key = ConfigurationKeys.Full("Database:ConnectionString");

    /// <summary>Finds the database. Opens nothing and creates nothing.</summary>
    /// <param name="options">The options, which are valid.</param>
    /// <param name="directory">The absolute log directory.</param>
    /// <param name="contentRoot">The absolute content root.</param>
    public static DatabaseLocation Find(ZotifyLoggingOptions options, string directory, string contentRoot) =>
        options.Database.Provider == DatabaseProvider.Sqlite ? FindFile(options, directory, contentRoot) : new(options.Database, null);

    // A method of its own: whoever has no SQLite database must not load the driver.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DatabaseLocation FindFile(ZotifyLoggingOptions options, string directory, string contentRoot)
    {
        var database = options.Database;
        var builder = new SqliteConnectionStringBuilder(database.ConnectionString);
        if (Path.IsPathRooted(builder.DataSource)) return new(database, null);
        var file = Path.GetFullPath(builder.DataSource, directory);
        var isDefault = database.ConnectionString == new DatabaseOptions().ConnectionString;
        var configured = Path.GetFullPath(builder.DataSource, contentRoot);
        var former = new[] { configured, Path.GetFullPath(FormerDefault, contentRoot) }.Take(isDefault ? 2 : 1)
            .FirstOrDefault(path => path != file && IsDatabase(path));
        if (former is null) return new(database, null);
        if (IsDatabase(file))
            return new(database, $"'{former}' also exists, where earlier versions had the database; only '{file}' is used");
        // At the former default path, existing journals show whether the database belongs to this directory. A new directory begins with
        // its own database.
        if (former != configured && !HasJournal(options, directory))
        {
            return new(database, $"'{former}' is the database of another directory, and is not used: '{file}' is created; "
                + $"to continue with the old one, set {Key} to 'Data Source={former}'");
        }

        builder.DataSource = former;
        return new(
            new DatabaseOptions
            {
                Provider = database.Provider,
                ConnectionString = builder.ConnectionString,
                MigrateOnStart = database.MigrateOnStart,
            },
            $"'{former}' is used, where earlier versions had the database; now a relative path is relative to "
            + $"{ConfigurationKeys.Full("Directory")}: set {Key} to 'Data Source={former}', or stop every process that uses it "
            + $"and move it with its -wal and -shm to '{file}'");
    }

    /// <summary>An empty file is the database of an older version that ended too early.</summary>
    private static bool IsDatabase(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private static bool HasJournal(ZotifyLoggingOptions options, string directory) =>
        options.Handlers.Values
            .Select(handler => handler switch
            {
                JsonAuditHandlerOptions audit => audit.Path,
                DatabaseJobLogHandlerOptions jobs => jobs.Path,
                _ => null,
            })
            .Any(path => path is not null && File.Exists(Path.Combine(directory, path + SideFiles.Id)));
}
