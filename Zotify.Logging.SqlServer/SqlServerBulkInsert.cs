using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>Inserts many rows in one stream. The server assigns the numbers of the rows.</summary>
internal static class SqlServerBulkInsert
{
    // By the driver's connection and the table's name. Each has the table's metadata, which the driver reads by a query with a temporary
    // table: for a few rows, that takes longer than to insert them.
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<string, SqlBulkCopy>> Copies = [];

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
        var name = connection.Dialect.Qualify($"[{table.Name}]");
        var copies = Copies.GetOrCreateValue(connection.Driver);
        // Not kept after a failure: the table may have changed.
        if (!copies.Remove(name, out var copy))
        {
            copy = Create((SqlConnection)connection.Driver, connection.Transaction as SqlTransaction, table.HasNumbers);
            copy.DestinationTableName = name;
            for (var i = 0; i < table.Columns.Length; i++) copy.ColumnMappings.Add(i, table.Columns[i].Name);
        }

        var reader = new SqlServerRows<TRow>(table, rows, connection.Dialect);
        await using (reader.ConfigureAwait(false))
        {
            await copy.WriteToServerAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        if (connection.Transaction is EnlistedTransaction) copies.Add(name, copy);
        return true;
    }

    /// <summary>Prepares an insert.</summary>
    /// <param name="driver">The driver's connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="keepsNumbers">Whether the rows bring their numbers.</param>
    internal static SqlBulkCopy Create(SqlConnection driver, SqlTransaction? transaction, bool keepsNumbers)
    {
        // Constraints are checked as for every other insert. Skipping them would require the right to alter the table.
        var options = SqlBulkCopyOptions.CheckConstraints | SqlBulkCopyOptions.CacheMetadata
            | (keepsNumbers ? SqlBulkCopyOptions.KeepIdentity : 0);
        // The driver gives commands the connection string's Command Timeout, but not bulk inserts.
        return new SqlBulkCopy(driver, options, transaction) { BulkCopyTimeout = driver.CommandTimeout };
    }
}
