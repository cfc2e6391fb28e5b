using System.ComponentModel;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Zotify.Logging.Provider.Database.Sql;
using Zotify.Logging.Provider.Database.Sqlite;

namespace Zotify.Logging.Provider.Database;

/// <summary>The database that journals are projected to. Opens nothing before it is asked to. Thread-safe.</summary>
internal sealed class LoggingDatabase : IDisposable
{
    private readonly DatabaseEngine _engine;

    /// <param name="options">Engine and connection string.</param>
    /// <param name="contentRoot">The absolute directory that a relative SQLite file is relative to.</param>
    /// <param name="interceptors">Take part in what EF Core does; tests make it fail with them.</param>
    /// <exception cref="ArgumentException">The connection string is malformed, or names no file.</exception>
    public LoggingDatabase(DatabaseOptions options, string contentRoot, params IInterceptor[] interceptors)
    {
        _engine = options.Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteEngine(options.ConnectionString, contentRoot, interceptors),
            _ => throw new InvalidEnumArgumentException(nameof(options), (int)options.Provider, typeof(DatabaseProvider)),
        };
    }

    /// <summary>How queries are put.</summary>
    public SqlDialect Dialect => _engine.Dialect;

    /// <summary>A context with an open connection that writes, over tables of this version. Creates file and folder where there are none.</summary>
    /// <exception cref="DbException">The database cannot be opened or migrated.</exception>
    public async Task<LoggingDbContext> OpenForWritingAsync(CancellationToken cancellationToken)
    {
        var context = await _engine.OpenForWritingAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using (await EnterWriteAsync(cancellationToken).ConfigureAwait(false))
            {
                await _engine.MigrateAsync(context, cancellationToken).ConfigureAwait(false);
            }

            return context;
        }
        catch
        {
            await context.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc cref="DatabaseEngine.EnterWriteAsync"/>
    public Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) => _engine.EnterWriteAsync(cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.InsertAsync"/>
    public Task InsertAsync<TRow>(LoggingDbContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TRow : class =>
        _engine.InsertAsync(context, rows, cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.IsRefusal"/>
    public bool IsRefusal(Exception exception) => _engine.IsRefusal(Cause(exception));

    /// <inheritdoc cref="DatabaseEngine.IsReplaced"/>
    public bool IsReplaced(LoggingDbContext context) => _engine.IsReplaced(context);

    /// <summary>The engine's own exception: what EF Core wraps around it says nothing.</summary>
    public static Exception Cause(Exception exception) =>
        exception is DbUpdateException { InnerException: { } cause } ? cause : exception;

    /// <summary>Runs a query on a connection of its own.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be opened or read, or has no tables yet.</exception>
    public async Task<T> ReadAsync<T>(Func<LoggingDbContext, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await _engine.OpenForReadingAsync(cancellationToken).ConfigureAwait(false);
            return await query(context, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception)
        {
            throw new DatabaseUnavailableException("The database cannot be read now. What was logged waits in the journals.", exception);
        }
    }

    /// <summary>Closes the connections that are kept for reuse.</summary>
    public void Dispose() => _engine.Dispose();
}
