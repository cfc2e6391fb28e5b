using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database.Sqlite;

namespace Zotify.Logging.Provider.Database;

/// <summary>The database that journals are projected to and queries read. Thread-safe.</summary>
/// <param name="engine">The engine.</param>
internal sealed class LoggingDatabase(IDatabaseEngine engine)
{
    /// <summary>The engine.</summary>
    public IDatabaseEngine Engine => engine;

    /// <summary>The database that the options name; relative files are relative to <paramref name="contentRoot"/>.</summary>
    public static LoggingDatabase Open(DatabaseOptions options, string contentRoot) =>
        new(new SqliteEngine(options.ConnectionString, contentRoot));

    /// <summary>Brings the schema up to date.</summary>
    /// <exception cref="DbException">The database cannot be reached or changed.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        using var turn = await engine.EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        var context = engine.CreateContext();
        await using (context.ConfigureAwait(false))
        {
            // Migrate() takes EF's lock table even when there is nothing to do, and a killed process can leave it locked.
            var pending = await context.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false);
            if (pending.Any()) await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a query on a context of its own.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<T> QueryAsync<T>(Func<LoggingDbContext, Task<T>> query)
    {
        var context = engine.CreateReader();
        await using (context.ConfigureAwait(false))
        {
            try
            {
                return await query(context).ConfigureAwait(false);
            }
            catch (DbException exception)
            {
                throw new DatabaseUnavailableException("The database cannot be read now; what was logged waits in the journals.", exception);
            }
        }
    }
}
