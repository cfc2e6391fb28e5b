using Microsoft.Data.Sqlite;
using Zotify.Logging.Handlers;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Where the database is. A relative file of SQLite is relative to the log directory. Earlier versions took it relative to the content
/// root, and had the default <c>logs/zotify.db</c>: a database that such a version left is found, so that none is begun beside it unseen.
/// </summary>
/// <param name="Options">The options, with the full path of the file where it is not the configured one.</param>
/// <param name="Notice">What the operator should know about an older database; <see langword="null"/> where there is none.</param>
internal sealed record DatabaseLocation(DatabaseOptions Options, string? Notice)
{
    private const string FormerDefault = "logs/zotify.db";

    private static readonly string Key = ConfigurationKeys.Full("Database:ConnectionString");

    /// <summary>Finds it. Opens nothing, creates nothing.</summary>
    /// <param name="options">The options, which are valid.</param>
    /// <param name="directory">The absolute log directory.</param>
    /// <param name="contentRoot">The absolute content root.</param>
    public static DatabaseLocation Find(ZotifyLoggingOptions options, string directory, string contentRoot)
    {
        var database = options.Database;
        if (database.Provider != DatabaseProvider.Sqlite) return new(database, null);
        var builder = new SqliteConnectionStringBuilder(database.ConnectionString);
        if (Path.IsPathRooted(builder.DataSource)) return new(database, null);
        var file = Path.GetFullPath(builder.DataSource, directory);
        var isDefault = database.ConnectionString == new DatabaseOptions().ConnectionString;
        var configured = Path.GetFullPath(builder.DataSource, contentRoot);
        var former = new[] { configured, Path.GetFullPath(FormerDefault, contentRoot) }.Take(isDefault ? 2 : 1)
            .FirstOrDefault(path => path != file && IsDatabase(path));
        if (former is null) return new(database, null);
        if (IsDatabase(file)) return new(database, $"'{former}' is there, too, where earlier versions had it; only '{file}' is used");
        // Of the former default, journals that are there already say whose it is. A new directory begins with a database of its own.
        if (former != configured && !HasJournal(options, directory))
        {
            return new(database, $"'{former}' is the database of another directory, and is not used: '{file}' is begun; "
                + $"to go on with it, set {Key} to 'Data Source={former}'");
        }

        builder.DataSource = former;
        return new(
            new DatabaseOptions
            {
                Provider = database.Provider,
                ConnectionString = builder.ConnectionString,
                MigrateOnStart = database.MigrateOnStart,
            },
            $"'{former}' is used, where earlier versions had it; now a relative path is relative to {ConfigurationKeys.Full("Directory")}: "
            + $"set {Key} to 'Data Source={former}', or stop every process that uses it and move it with its -wal and -shm to '{file}'");
    }

    /// <summary>An empty file is what an older version left that ended too early.</summary>
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
