using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Zotify.Logging.Database;

/// <summary>
/// An open connection to the database, and its transaction. All reads and writes are SQL. Used by one thread at a time.
/// </summary>
internal sealed class LoggingConnection : IAsyncDisposable
{
    private readonly ConnectionTap _tap;

    private LoggingConnection(DbConnection driver, SqlDialect dialect, ConnectionTap tap)
    {
        Driver = driver;
        Dialect = dialect;
        _tap = tap;
    }

    /// <summary>The driver's connection.</summary>
    public DbConnection Driver { get; }

    /// <summary>How the engine writes statements.</summary>
    public SqlDialect Dialect { get; }

    /// <summary>The transaction that statements run in; <see langword="null"/> where each statement is its own.</summary>
    public DbTransaction? Transaction { get; private set; }

    /// <summary>Opens it.</summary>
    /// <exception cref="DbException">It cannot be opened.</exception>
    public static async Task<LoggingConnection> OpenAsync(
        DbConnection driver, SqlDialect dialect, ConnectionTap tap, CancellationToken cancellationToken)
    {
        var connection = new LoggingConnection(tap.Created(driver), dialect, tap);
        try
        {
            tap.Opening(connection.Driver);
            await connection.Driver.OpenAsync(cancellationToken).ConfigureAwait(false);
            tap.Opened(connection.Driver);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs statements in a transaction, and commits it. An exception rolls it back.</summary>
    /// <param name="write">Runs the statements. Returns whether to commit.</param>
    /// <param name="cancellationToken">Rolls it back as well.</param>
    /// <returns>Whether it was committed.</returns>
    public async Task<bool> CommitAsync(Func<Task<bool>> write, CancellationToken cancellationToken)
    {
        _tap.Beginning(Driver);
        var transaction = await Driver.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            Transaction = transaction;
            try
            {
                if (!await write().ConfigureAwait(false)) return false;
                _tap.Committing(transaction);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                _tap.Committed();
                return true;
            }
            finally
            {
                Transaction = null;
            }
        }
    }

    /// <summary>A command in the transaction.</summary>
    public DbCommand Command(string text, params ReadOnlySpan<DbParameter> parameters)
    {
        var command = Driver.CreateCommand();
        command.CommandText = Dialect.Qualify(text);
        command.Transaction = Transaction;
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>Runs a query, and converts each row by <paramref name="row"/>.</summary>
    public async Task<List<T>> ReadAsync<T>(SqlQuery query, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await ScanAsync(
            query,
            read =>
            {
                rows.Add(row(read));
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Runs a query, and hands over each row, until <paramref name="row"/> returns false. Keeps none of them.</summary>
    public async Task ScanAsync(SqlQuery query, Func<DbDataReader, bool> row, CancellationToken cancellationToken)
    {
        var command = Command(query.Text, query.Parameters);
        await using (command.ConfigureAwait(false))
        {
            await _tap.ExecutingAsync(command).ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && row(reader))
                {
                }
            }
        }
    }

    /// <summary>
    /// Runs a query, and converts each row by <paramref name="row"/>. The values in the text become parameters.
    /// </summary>
    public Task<List<T>> ReadAsync<T>(FormattableString query, Func<DbDataReader, T> row, CancellationToken cancellationToken) =>
        ReadAsync(new SqlQuery(Dialect, query), row, cancellationToken);

    /// <summary>
    /// Runs a query, and converts each row by <paramref name="row"/> as it arrives. Nothing else runs on the connection meanwhile, and the
    /// query may take any time.
    /// </summary>
    public async IAsyncEnumerable<T> EnumerateAsync<T>(
        SqlQuery query, Func<DbDataReader, T> row, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = Command(query.Text, query.Parameters);
        command.CommandTimeout = 0;
        await using (command.ConfigureAwait(false))
        {
            await _tap.ExecutingAsync(command).ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) yield return row(reader);
            }
        }
    }

    /// <summary>Runs a statement that changes rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(SqlQuery statement, CancellationToken cancellationToken)
    {
        var command = Command(statement.Text, statement.Parameters);
        await using (command.ConfigureAwait(false))
        {
            await _tap.ExecutingAsync(command).ConfigureAwait(false);
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a statement that changes rows. The values in the text become parameters.</summary>
    /// <inheritdoc cref="ExecuteAsync(SqlQuery, CancellationToken)" path="/returns"/>
    public Task<int> ExecuteAsync(FormattableString statement, CancellationToken cancellationToken) =>
        ExecuteAsync(new SqlQuery(Dialect, statement), cancellationToken);

    /// <summary>Closes it.</summary>
    public ValueTask DisposeAsync() => Driver.DisposeAsync();
}
