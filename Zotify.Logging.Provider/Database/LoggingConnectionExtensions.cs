using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Zotify.Logging.Database;

/// <summary>Queries and statements in the forms that callers write them.</summary>
internal static class LoggingConnectionExtensions
{
    /// <summary>Runs a query, and converts each row by <paramref name="row"/>.</summary>
    /// <exception cref="DbException">It failed, in whatever way: see <see cref="DriverFaultException"/>.</exception>
    public static async Task<List<T>> ReadAsync<T>(
        this LoggingConnection connection, SqlQuery query, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await connection.ScanAsync(query, Into(rows, row), cancellationToken).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Runs a query, and converts each row by <paramref name="row"/>. The values in the text become parameters.</summary>
    public static Task<List<T>> ReadAsync<T>(
        this LoggingConnection connection, FormattableString query, Func<DbDataReader, T> row, CancellationToken cancellationToken) =>
        connection.ReadAsync(new SqlQuery(connection.Dialect, query), row, cancellationToken);

    /// <summary>Runs a statement, and then a query if the statement changed a row; in one round trip where the engine can.</summary>
    /// <returns>The rows; <see langword="null"/> where the statement changed none.</returns>
    /// <exception cref="DbException">One failed, in whatever way: see <see cref="DriverFaultException"/>.</exception>
    public static async Task<List<T>?> ReadIfChangedAsync<T>(
        this LoggingConnection connection, SqlQuery statement, SqlQuery query, Func<DbDataReader, T> row,
        CancellationToken cancellationToken)
    {
        if (!connection.Dialect.JoinsStatements)
        {
            return await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false) == 0
                ? null
                : await connection.ReadAsync(query, row, cancellationToken).ConfigureAwait(false);
        }

        var rows = new List<T>();
        var both = connection.Dialect.JoinIfChanged(statement, query);
        return await connection.ScanAsync(both, Into(rows, row), cancellationToken).ConfigureAwait(false) ? rows : null;
    }

    /// <summary>Runs a statement that changes rows. The values in the text become parameters.</summary>
    /// <inheritdoc cref="LoggingConnection.ExecuteAsync" path="/returns"/>
    public static Task<int> ExecuteAsync(
        this LoggingConnection connection, FormattableString statement, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new SqlQuery(connection.Dialect, statement), cancellationToken);

    /// <inheritdoc cref="LoggingConnection.ExecuteLaterAsync"/>
    public static Task ExecuteLaterAsync(
        this LoggingConnection connection, FormattableString statement, CancellationToken cancellationToken) =>
        connection.ExecuteLaterAsync(new SqlQuery(connection.Dialect, statement), cancellationToken);

    /// <summary>Runs a query of any duration, and converts each row as it arrives. Nothing else runs on the connection meanwhile.</summary>
    /// <exception cref="DbException">It failed, in whatever way, but in <paramref name="row"/>.</exception>
    public static async IAsyncEnumerable<T> EnumerateAsync<T>(
        this LoggingConnection connection, SqlQuery query, Func<DbDataReader, T> row,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = connection.Command(query.Text, query.Parameters);
        command.CommandTimeout = 0;
        // Failed, until all rows were read: whoever stops before leaves an answer behind.
        var hadFailed = connection.HasFailed;
        connection.HasFailed = true;
        await using var ownCommand = command.ConfigureAwait(false);
        var reader = await connection.GuardAsync(() => connection.ExecuteReaderAsync(command, cancellationToken)).ConfigureAwait(false);
        var next = () => reader.ReadAsync(cancellationToken);
        try
        {
            while (await connection.GuardAsync(next).ConfigureAwait(false)) yield return row(reader);
        }
        finally
        {
            await connection.GuardAsync(() => reader.DisposeAsync().AsTask()).ConfigureAwait(false);
        }

        connection.HasFailed = hadFailed;
    }

    /// <inheritdoc cref="LoggingConnection.GuardAsync"/>
    public static Task GuardAsync(this LoggingConnection connection, Func<Task> operation) => connection.GuardAsync(async () =>
    {
        await operation().ConfigureAwait(false);
        return true;
    });

    private static Func<DbDataReader, bool> Into<T>(List<T> rows, Func<DbDataReader, T> row) => read =>
    {
        rows.Add(row(read));
        return true;
    };
}
