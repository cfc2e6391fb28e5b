using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging;

/// <summary>The tables of the configured database, for applications that migrate them themselves. Thread-safe.</summary>
public sealed class LoggingSchema
{
    private readonly LoggingDatabase _database;

    internal LoggingSchema(LoggingDatabase database) => _database = database;

    /// <summary>
    /// Brings the tables up to this version, and keeps their rows. Does nothing where they already are. Several processes may call it at
    /// once.
    /// </summary>
    /// <exception cref="DbException">The database cannot be reached, or refused the migration; it is unchanged.</exception>
    /// <exception cref="NoDatabaseException">No database is configured.</exception>
    /// <exception cref="SchemaAheadException">The tables are of a newer version than this program; they are unchanged.</exception>
    public Task MigrateAsync(CancellationToken cancellationToken = default) => _database.MigrateAsync(cancellationToken);

    /// <summary>The script that does the same to a database of any version. It may be run again. Opens no connection.</summary>
    /// <exception cref="NoDatabaseException">No database is configured.</exception>
    public string Script() => _database.Script();

    /// <summary>
    /// The script that creates roles with the least rights on the tables: to migrate, to write, to delete old rows, and to read. It may be
    /// run again, and grants rights on the tables that there are. Opens no connection.
    /// </summary>
    /// <exception cref="NoDatabaseException">No database is configured.</exception>
    /// <exception cref="NotSupportedException">The engine has no roles: whoever may use a SQLite file is up to the file system.</exception>
    public string RolesScript() => _database.RolesScript()
        ?? throw new NotSupportedException("SQLite has no roles: the rights on its file decide who reads and writes it.");
}
