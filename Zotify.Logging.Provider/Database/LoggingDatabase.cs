using System.ComponentModel;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Zotify.Logging.Provider.Database.Sql;
using Zotify.Logging.Provider.Database.Sqlite;
using Zotify.Logging.Provider.Database.SqlServer;

namespace Zotify.Logging.Provider.Database;

/// <summary>The database that journals are projected to. Opens nothing before it is asked to. Thread-safe.</summary>
internal sealed class LoggingDatabase : IDisposable
{
    private readonly DatabaseEngine _engine;
    private readonly bool _migrates;

    /// <param name="options">Engine, connection string, and whether the tables are brought up to date.</param>
    /// <param name="contentRoot">The absolute directory that a relative SQLite file is relative to.</param>
    /// <param name="interceptors">Take part in what EF Core does; tests make it fail with them.</param>
    /// <exception cref="ArgumentException">The connection string is malformed, or lacks what the engine needs.</exception>
    public LoggingDatabase(DatabaseOptions options, string contentRoot, params IInterceptor[] interceptors)
    {
        _engine = options.Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteEngine(options.ConnectionString, contentRoot, interceptors),
            DatabaseProvider.SqlServer => new SqlServerEngine(options.ConnectionString, interceptors),
            _ => throw new InvalidEnumArgumentException(nameof(options), (int)options.Provider, typeof(DatabaseProvider)),
        };
        _migrates = options.MigrateOnStart ?? _engine.MigratesByItself;
    }

    /// <summary>How queries are put.</summary>
    public SqlDialect Dialect => _engine.Dialect;

    /// <inheritdoc cref="DatabaseEngine.Texts"/>
    public TextIndex? Texts => _engine.Texts;

    /// <inheritdoc cref="DatabaseEngine.LookEvery"/>
    public (TimeSpan Busy, TimeSpan Idle) LookEvery => _engine.LookEvery;

    /// <summary>What this process commits.</summary>
    public CommitSignal Commits { get; } = new();

    /// <summary>A context with an open connection that writes, over tables of this version. Creates an embedded database where there is none.</summary>
    /// <exception cref="DbException">The database cannot be opened or migrated.</exception>
    /// <exception cref="SchemaBehindException">The tables are of an older version, and not to be migrated.</exception>
    public async Task<LoggingDbContext> OpenForWritingAsync(CancellationToken cancellationToken)
    {
        var context = await _engine.OpenForWritingAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_migrates) await MigrateAsync(context, cancellationToken).ConfigureAwait(false);
            else await RequireThisVersionAsync(context, cancellationToken).ConfigureAwait(false);
            return context;
        }
        catch
        {
            await context.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Brings the tables up to this version, whatever the options say of the start.</summary>
    /// <exception cref="DbException">The database cannot be opened or migrated.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = await _engine.OpenForWritingAsync(cancellationToken).ConfigureAwait(false);
        await MigrateAsync(context, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="DatabaseEngine.Script"/>
    public string Script() => _engine.Script();

    /// <inheritdoc cref="DatabaseEngine.EnterWriteAsync"/>
    public Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) => _engine.EnterWriteAsync(cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.ReserveJobsAsync"/>
    public Task ReserveJobsAsync(LoggingDbContext context, string jobIds, CancellationToken cancellationToken) =>
        _engine.ReserveJobsAsync(context, jobIds, cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.EnterRetentionAsync"/>
    public Task EnterRetentionAsync(LoggingDbContext context, CancellationToken cancellationToken) => _engine.EnterRetentionAsync(context, cancellationToken);

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

    /// <summary>Whether the same may succeed when it is tried again: a deadlock, a lost connection, a row that somebody else changed meanwhile.</summary>
    public bool IsTransient(Exception exception) => exception is DbUpdateConcurrencyException || _engine.IsTransient(exception);

    /// <inheritdoc cref="DatabaseEngine.OpenForReadingAsync"/>
    public Task<LoggingDbContext> OpenForReadingAsync(CancellationToken cancellationToken) => _engine.OpenForReadingAsync(cancellationToken);

    /// <summary>Runs a query on a connection of its own; once more where it lost against others, or its connection was lost.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be opened or read, or has no tables yet.</exception>
    public async Task<T> ReadAsync<T>(Func<LoggingDbContext, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        try
        {
            await using (var context = await _engine.OpenForReadingAsync(cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    return await query(context, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (_engine.IsTransient(exception))
                {
                    // A second time, on another connection.
                }
            }

            await using var again = await _engine.OpenForReadingAsync(cancellationToken).ConfigureAwait(false);
            return await query(again, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException || _engine.IsTransient(exception))
        {
            throw new DatabaseUnavailableException("The database cannot be read now. What was logged waits in the journals.", exception);
        }
    }

    /// <summary>Closes the connections that are kept for reuse.</summary>
    public void Dispose() => _engine.Dispose();

    private static async Task RequireThisVersionAsync(LoggingDbContext context, CancellationToken cancellationToken)
    {
        string[] missing = [.. await context.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false)];
        if (missing.Length > 0) throw new SchemaBehindException(missing);
    }

    private async Task MigrateAsync(LoggingDbContext context, CancellationToken cancellationToken)
    {
        using var turn = await EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        await _engine.MigrateAsync(context, cancellationToken).ConfigureAwait(false);
    }
}
