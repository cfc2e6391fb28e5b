using System.Data.Common;
using Zotify.Logging.Common;

namespace Zotify.Logging.Database;

/// <summary>The database that journals are projected to. Opens nothing before its first use. Thread-safe.</summary>
internal sealed class LoggingDatabase : IDisposable
{
    // A statement that a server does not answer must not hold up the end of an application longer than this.
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    private readonly DatabaseEngine _engine;
    private readonly bool _migrates;
    private readonly OpenConnections _open = new();
    private string? _advice;
    private bool _isAdvised;

    /// <param name="options">Engine, connection string, and whether the start migrates the tables.</param>
    /// <param name="directory">The absolute directory that a relative SQLite file is relative to.</param>
    /// <param name="engines">The engines of this process.</param>
    /// <param name="tap">Its hooks run on operations of connections; tests make them fail.</param>
    /// <param name="commits">Is set with each commit; by default a signal of its own.</param>
    /// <exception cref="ArgumentException">
    /// The connection string is malformed, or lacks what the engine needs; or no package added the engine.
    /// </exception>
    public LoggingDatabase(
        DatabaseOptions options,
        string directory,
        IEnumerable<IDatabaseEngineFactory> engines,
        ConnectionTap? tap = null,
        AsyncSignal? commits = null)
    {
        IsConfigured = options.Provider != DatabaseProvider.None;
        _engine = IsConfigured
            ? new DatabaseEngines(engines).Create(options, directory, tap ?? new ConnectionTap())
            : new NoEngine();
        Commits = commits ?? new AsyncSignal();
        _migrates = options.MigrateOnStart ?? _engine.MigratesByItself;
    }

    /// <summary>Whether a database is configured. Otherwise whatever needs one throws <see cref="NoDatabaseException"/>.</summary>
    public bool IsConfigured { get; }

    /// <summary>How the engine writes queries.</summary>
    public SqlDialect Dialect => _engine.Dialect;

    /// <inheritdoc cref="DatabaseEngine.PollInterval"/>
    public (TimeSpan Busy, TimeSpan Idle) PollInterval => _engine.PollInterval;

    /// <inheritdoc cref="DatabaseEngine.Copying"/>
    public CopySupport Copying => _engine.Copying;

    /// <inheritdoc cref="DatabaseEngine.TransactionRows"/>
    public int TransactionRows => _engine.TransactionRows;

    /// <summary>Set when this process has committed. Not set for commits of other processes.</summary>
    public AsyncSignal Commits { get; }

    /// <summary>Cancelled when the database is disposed: whoever keeps a connection closes it.</summary>
    public CancellationToken Closing => _open.Closing;

    /// <summary>Opens a connection that writes, to tables of this version. Creates an embedded database where there is none.</summary>
    /// <exception cref="DbException">The database cannot be opened or migrated.</exception>
    /// <exception cref="SchemaBehindException">The tables are of an older version, and may not be migrated.</exception>
    /// <exception cref="SchemaAheadException">The tables are of a newer version.</exception>
    /// <exception cref="UnsuitableDatabaseException">The program cannot work with the database's settings.</exception>
    /// <exception cref="MissingRightsException">The login may not write to them.</exception>
    /// <exception cref="MissingTablesException">Tables are gone that were created before.</exception>
    public Task<LoggingConnection> OpenForWritingAsync(CancellationToken cancellationToken) =>
        OpenForWritingAsync(DatabaseUse.Write, cancellationToken);

    /// <inheritdoc cref="OpenForWritingAsync(CancellationToken)"/>
    /// <param name="use">What the connection is used for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<LoggingConnection> OpenForWritingAsync(DatabaseUse use, CancellationToken cancellationToken)
    {
        var connection = _open.Add(await _engine.OpenForWritingAsync(_migrates, cancellationToken).ConfigureAwait(false));
        try
        {
            var state = await _engine.ReadSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
            state.EnsureUsable();
            if (!state.IsCurrent && _migrates) await MigrateAsync(connection, cancellationToken).ConfigureAwait(false);
            else if (state.Missing.Count > 0) throw new SchemaBehindException(state.Missing);
            await _engine.EnsureRightsAsync(connection, use, cancellationToken).ConfigureAwait(false);
            var advice = await _engine.CheckSettingsAsync(connection, cancellationToken).ConfigureAwait(false);
            if (advice is not null && Interlocked.Exchange(ref _isAdvised, true) is false) _advice = advice;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What an operator should change in the settings, once after the opening; <see langword="null"/> where nothing.</summary>
    public string? TakeAdvice() => Interlocked.Exchange(ref _advice, null);

    /// <summary>Brings the tables up to this version, whether or not the options allow that at the start.</summary>
    /// <exception cref="DbException">The database cannot be opened or migrated.</exception>
    /// <exception cref="SchemaAheadException">The tables are of a newer version.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = _open.Add(await _engine.OpenForWritingAsync(creates: true, cancellationToken).ConfigureAwait(false));
        await MigrateAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a connection to copy all rows from, which are in tables of this version.</summary>
    /// <exception cref="SchemaBehindException">The tables are of an older version.</exception>
    public async Task<LoggingConnection> OpenForCopyingAsync(CancellationToken cancellationToken)
    {
        var connection = await _engine.OpenForReadingAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var state = await _engine.ReadSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
            state.EnsureUsable();
            return state.IsCurrent ? connection : throw new SchemaBehindException(state.Missing);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a connection to copy rows to, whatever its tables are. Creates an embedded database where there is none.</summary>
    /// <exception cref="DbException">The database cannot be opened.</exception>
    public Task<LoggingConnection> OpenTargetAsync(CancellationToken cancellationToken) =>
        _engine.OpenForWritingAsync(creates: true, cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.OpenScratchAsync"/>
    public Task<LoggingConnection?> OpenScratchAsync(bool hasTables, CancellationToken cancellationToken) =>
        _engine.OpenScratchAsync(hasTables, cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.ReadSchemaAsync"/>
    public Task<SchemaState> ReadSchemaAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        _engine.ReadSchemaAsync(connection, cancellationToken);

    /// <summary>Brings the tables of an open connection up to this version.</summary>
    public async Task MigrateAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        using var turn = await EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        await _engine.MigrateAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="DatabaseEngine.Script"/>
    public string Script() => _engine.Script();

    /// <inheritdoc cref="DatabaseEngine.RolesScript"/>
    public string? RolesScript() => _engine.RolesScript();

    /// <inheritdoc cref="DatabaseEngine.EnterWriteAsync"/>
    public Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) => _engine.EnterWriteAsync(cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.ReserveJobs"/>
    public SqlQuery ReserveJobs(string columns, string jobIds) => _engine.ReserveJobs(columns, jobIds);

    /// <inheritdoc cref="DatabaseEngine.EnterComparisonAsync"/>
    public Task EnterComparisonAsync(LoggingConnection connection, string name, CancellationToken cancellationToken) =>
        _engine.EnterComparisonAsync(connection, name, cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.EnterRetentionAsync"/>
    public Task EnterRetentionAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        _engine.EnterRetentionAsync(connection, cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.SyncAsync"/>
    public Task SyncAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        _engine.SyncAsync(connection, cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.InsertAsync"/>
    public Task InsertAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) =>
        _engine.InsertAsync(connection, table, rows, cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.IsRefusal"/>
    public bool IsRefusal(Exception exception) => _engine.IsRefusal(exception);

    /// <inheritdoc cref="DatabaseEngine.IsReplaced"/>
    public bool IsReplaced(LoggingConnection connection) => _engine.IsReplaced(connection);

    /// <inheritdoc cref="DatabaseEngine.IsDuplicate"/>
    public bool IsDuplicate(Exception exception) => _engine.IsDuplicate(exception);

    /// <summary>Whether a retry may succeed: after a deadlock, a lost connection, or when somebody else changed a row meanwhile.</summary>
    public bool IsTransient(Exception failure) => failure is RowChangedException or DriverFaultException || _engine.IsTransient(failure);

    /// <summary>Whether it lasts until somebody acts: <see cref="DatabaseEngine.IsPermanent"/>, or tables of another version.</summary>
    public bool IsPermanent(Exception exception) =>
        exception is SchemaAheadException or SchemaBehindException or OtherSchemaException or UnfinishedCopyException
            or MissingRightsException or MissingTablesException or UnsuitableDatabaseException or UnauthorizedAccessException
            or IOException { HResult: OwnFile.ReadOnlyFileSystem }
        || _engine.IsPermanent(exception);

    /// <inheritdoc cref="DatabaseEngine.OpenForReadingAsync"/>
    public async Task<LoggingConnection> OpenForReadingAsync(CancellationToken cancellationToken) =>
        _open.Add(await _engine.OpenForReadingAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Runs a query on a connection. Retries it once on another one after a deadlock, a lost connection or a fault of the driver. An
    /// embedded database that nobody has created yet reads as an empty one.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be opened or read, or has no tables yet.</exception>
    public Task<T> ReadAsync<T>(Func<LoggingConnection, CancellationToken, Task<T>> query, CancellationToken cancellationToken) =>
        QueryAsync(mayBeEmpty: true, query, cancellationToken);

    /// <summary>As <see cref="ReadAsync"/>, but throws for a database that does not exist: missing rows would prove something.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be opened or read, or has no tables yet.</exception>
    public Task<T> ReadExistingAsync<T>(Func<LoggingConnection, CancellationToken, Task<T>> query, CancellationToken cancellationToken) =>
        QueryAsync(mayBeEmpty: false, query, cancellationToken);

    private async Task<T> QueryAsync<T>(
        bool mayBeEmpty, Func<LoggingConnection, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        try
        {
            var empty = mayBeEmpty ? await _engine.OpenEmptyAsync(cancellationToken).ConfigureAwait(false) : null;
            await using (var connection = empty ?? await OpenForReadingAsync(cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    return await query(connection, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (IsTransient(exception) && !_engine.IsTimeout(exception))
                {
                    // Retry on another connection.
                }
            }

            return await RetryAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException || IsTransient(exception))
        {
            throw new DatabaseUnavailableException("The database cannot be read now. What was logged waits in the journals.", exception);
        }
    }

    private async Task<T> RetryAsync<T>(Func<LoggingConnection, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        await using var connection = await OpenForReadingAsync(cancellationToken).ConfigureAwait(false);
        return await query(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connections. Waits some seconds for those in use; one that is in use longer is closed after its use.</summary>
    public void Dispose()
    {
        _open.Close(ClosePatience);
        _engine.Dispose();
    }
}
