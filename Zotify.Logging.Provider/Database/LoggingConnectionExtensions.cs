using System.Data.Common;

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

    private static Func<DbDataReader, bool> Into<T>(List<T> rows, Func<DbDataReader, T> row) => read =>
    {
        rows.Add(row(read));
        return true;
    };
}
