using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// An open connection to the database, and its transaction. All reads and writes are SQL. Used by one thread at a time.
/// </summary>
internal sealed class LoggingConnection : IAsyncDisposable
{
    private readonly ConnectionTap _tap;
    private readonly Func<LoggingConnection, ValueTask>? _release;
    private readonly LaterStatements _later;
    private DbTransaction? _named;
    private bool _isReleased;

    private LoggingConnection(
        DbConnection driver, SqlDialect dialect, ConnectionTap tap, Func<LoggingConnection, ValueTask>? release)
    {
        (Driver, Dialect, _tap, _release) = (driver, dialect, tap, release);
        _later = new LaterStatements(this);
    }

    /// <summary>The driver's connection.</summary>
    public DbConnection Driver { get; }

    /// <summary>How the engine writes statements.</summary>
    public SqlDialect Dialect { get; }

    /// <summary>The transaction that statements run in; <see langword="null"/> where each statement is its own.</summary>
    public DbTransaction? Transaction { get; private set; }

    /// <summary>
    /// Whether anything failed on it, a cancelled statement included. Such a connection is closed and not used again, because nobody knows
    /// what its server still sends.
    /// </summary>
    public bool HasFailed { get; set; }

    /// <summary>
    /// Begins a transaction for inserts of many rows, where the engine has a kind of its own for them. Commands do not name such a one.
    /// </summary>
    public Func<DbConnection, DbTransaction?>? BeginInserts { get; set; }

    /// <summary>Runs once, after it was closed or given back.</summary>
    public Action? Released { get; set; }

    /// <summary>Opens it.</summary>
    /// <param name="driver">The driver's connection.</param>
    /// <param name="dialect">How the engine writes statements.</param>
    /// <param name="tap">Its hooks run on operations.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="release">Closes the driver's connection or keeps it for the next use; by default it is closed.</param>
    /// <exception cref="DbException">It cannot be opened.</exception>
    public static async Task<LoggingConnection> OpenAsync(
        DbConnection driver, SqlDialect dialect, ConnectionTap tap, CancellationToken cancellationToken,
        Func<LoggingConnection, ValueTask>? release = null)
    {
        var connection = new LoggingConnection(tap.Created(driver), dialect, tap, release);
        try
        {
            tap.Opening(connection.Driver);
            await connection.Driver.OpenAsync(cancellationToken).ConfigureAwait(false);
            tap.Opened(connection.Driver);
            return connection;
        }
        catch
        {
            connection.HasFailed = true;
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Uses a driver's connection that is open already.</summary>
    /// <inheritdoc cref="OpenAsync" path="/param"/>
    public static LoggingConnection Reuse(
        DbConnection driver, SqlDialect dialect, ConnectionTap tap, Func<LoggingConnection, ValueTask> release) =>
        new(driver, dialect, tap, release);

    /// <summary>Runs statements in a transaction, and commits it. An exception rolls it back.</summary>
    /// <param name="write">Runs the statements. Returns whether to commit.</param>
    /// <param name="cancellationToken">Rolls it back as well.</param>
    /// <param name="inserts">Whether they insert many rows.</param>
    /// <returns>Whether it was committed.</returns>
    public async Task<bool> CommitAsync(Func<Task<bool>> write, CancellationToken cancellationToken, bool inserts = false)
    {
        _tap.Beginning(Driver);
        var transaction = await GuardAsync(() => BeginAsync(inserts, cancellationToken)).ConfigureAwait(false);
        Transaction = transaction;
        try
        {
            if (!await write().ConfigureAwait(false)) return false;
            await SendLaterAsync(cancellationToken).ConfigureAwait(false);
            _tap.Committing(transaction);
            await this.GuardAsync(() => transaction.CommitAsync(cancellationToken)).ConfigureAwait(false);
            _tap.Committed();
            return true;
        }
        finally
        {
            Transaction = _named = null;
            _later.Clear();
            await CloseAsync(transaction).ConfigureAwait(false);
        }
    }

    /// <summary>A command in the transaction.</summary>
    public DbCommand Command(string text, params ReadOnlySpan<DbParameter> parameters)
    {
        var command = Driver.CreateCommand();
        command.CommandText = Dialect.Qualify(text);
        command.Transaction = _named;
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>Runs a query, and hands over each row, until <paramref name="row"/> returns false. Keeps none of them.</summary>
    /// <returns>Whether there was a result, with rows or without.</returns>
    /// <exception cref="DbException">It failed, in whatever way: see <see cref="DriverFaultException"/>.</exception>
    public async Task<bool> ScanAsync(SqlQuery query, Func<DbDataReader, bool> row, CancellationToken cancellationToken)
    {
        await SendLaterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var command = Command(query.Text, query.Parameters);
            await using var ownCommand = command.ConfigureAwait(false);
            await _tap.ExecutingAsync(command).ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var ownReader = reader.ConfigureAwait(false);
            var hasResult = reader.FieldCount > 0;
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && row(reader))
            {
            }

            return hasResult;
        }
        catch (Exception exception)
        {
            HasFailed = true;
            DriverFaultException.ThrowIfCausedBy(exception);
            throw;
        }
    }

    /// <summary>Runs a statement that changes rows.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="DbException">It failed, in whatever way: see <see cref="DriverFaultException"/>.</exception>
    public async Task<int> ExecuteAsync(SqlQuery statement, CancellationToken cancellationToken)
    {
        await SendLaterAsync(cancellationToken).ConfigureAwait(false);
        return await SendAsync(statement, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a statement that changes rows: in a transaction, where the engine can, with the next ones, in order.</summary>
    /// <exception cref="DbException">It failed, or one before it.</exception>
    /// <exception cref="RowChangedException">It, or one before it, did not change as many rows as it must.</exception>
    public Task ExecuteLaterAsync(SqlQuery statement, CancellationToken cancellationToken) => _later.AddAsync(statement, cancellationToken);

    /// <summary>Sends what was to be sent later, before something else than a statement uses the connection.</summary>
    public Task SendLaterAsync(CancellationToken cancellationToken) => _later.SendAsync(cancellationToken);

    /// <summary>
    /// Runs an operation of the driver. Marks the connection as failed after any exception, and turns what is no error of the database into
    /// a <see cref="DriverFaultException"/>, so that every caller handles it as a failure of the database.
    /// </summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            HasFailed = true;
            DriverFaultException.ThrowIfCausedBy(exception);
            throw;
        }
    }

    /// <summary>Closes it, or gives it back to the engine for the next use.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isReleased) return;
        _isReleased = true;
        try
        {
            if (_release is null) await Driver.DisposeAsync().ConfigureAwait(false);
            else await _release(this).ConfigureAwait(false);
        }
        finally
        {
            Released?.Invoke();
        }
    }

    private async Task<DbTransaction> BeginAsync(bool inserts, CancellationToken cancellationToken)
    {
        if (inserts && BeginInserts?.Invoke(Driver) is { } transaction) return transaction;
        return _named = await Driver.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Rolls the transaction back where it was not committed. The database does that itself where the connection is lost.
    /// </summary>
    private async ValueTask CloseAsync(DbTransaction transaction)
    {
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        // It must not hide why the transaction failed. What comes next on this connection fails.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            HasFailed = true;
        }
    }

    /// <summary>Sends a statement at once, before those that are sent later.</summary>
    public Task<int> SendAsync(SqlQuery statement, CancellationToken cancellationToken) => GuardAsync(
        async () =>
        {
            var command = Command(statement.Text, statement.Parameters);
            await using var ownCommand = command.ConfigureAwait(false);
            await _tap.ExecutingAsync(command).ConfigureAwait(false);
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        });

    /// <summary>Runs a query. Call it by <see cref="GuardAsync"/>.</summary>
    public async Task<DbDataReader> ExecuteReaderAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await _tap.ExecutingAsync(command).ConfigureAwait(false);
        return await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
    }
}
