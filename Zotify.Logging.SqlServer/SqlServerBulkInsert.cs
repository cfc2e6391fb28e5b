using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>Inserts many rows in one stream. The server assigns the numbers of the rows.</summary>
internal static class SqlServerBulkInsert
{
    /// <inheritdoc cref="DatabaseEngine.InsertAsync"/>
    public static Task RunAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) =>
        rows.Count == 0
            ? Task.CompletedTask
            : SendAsync(connection, table, rows, cancellationToken);

    private static async Task SendAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        await connection.SendLaterAsync(cancellationToken).ConfigureAwait(false);
        await connection.GuardAsync(() => CopyAsync(connection, table, rows, cancellationToken)).ConfigureAwait(false);
    }

    private static async Task<bool> CopyAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        using var copy = Create((SqlConnection)connection.Driver, (SqlTransaction)connection.Transaction!, table.HasNumbers);
        copy.DestinationTableName = connection.Dialect.Qualify($"[{table.Name}]");
        for (var i = 0; i < table.Columns.Length; i++) copy.ColumnMappings.Add(i, table.Columns[i].Name);
        var reader = new SqlServerRows<TRow>(table, rows, connection.Dialect);
        await using (reader.ConfigureAwait(false))
        {
            await copy.WriteToServerAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Prepares an insert.</summary>
    /// <param name="driver">The driver's connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="keepsNumbers">Whether the rows bring their numbers.</param>
    internal static SqlBulkCopy Create(SqlConnection driver, SqlTransaction? transaction, bool keepsNumbers)
    {
        // Constraints are checked as for every other insert. Skipping them would require the right to alter the table. The driver can keep
        // the table's metadata (CacheMetadata), but only within one transaction, because that is given to the constructor.
        var options = SqlBulkCopyOptions.CheckConstraints | (keepsNumbers ? SqlBulkCopyOptions.KeepIdentity : 0);
        // The driver gives commands the connection string's Command Timeout, but not bulk inserts.
        return new SqlBulkCopy(driver, options, transaction) { BulkCopyTimeout = driver.CommandTimeout };
    }
}
