using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>Inserts many rows in one stream. The server assigns the numbers of the rows.</summary>
internal static class SqlServerBulkInsert
{
    /// <inheritdoc cref="DatabaseEngine.InsertAsync"/>
    public static async Task RunAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return;
        using var data = ToData(table, rows);
        // Constraints are checked as for every other insert. Skipping them would require the right to alter the table.
        var options = SqlBulkCopyOptions.CheckConstraints | (table.HasNumbers ? SqlBulkCopyOptions.KeepIdentity : 0);
        using var copy = new SqlBulkCopy((SqlConnection)connection.Driver, options, (SqlTransaction)connection.Transaction!);
        copy.DestinationTableName = connection.Dialect.Qualify($"[{table.Name}]");
        foreach (DataColumn column in data.Columns) copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        await copy.WriteToServerAsync(data, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rows in the form that the server stores.</summary>
    public static DataTable ToData<TRow>(SqlTable<TRow> table, IReadOnlyList<TRow> rows)
    {
        var dialect = new SqlServerDialect();
        var data = new DataTable(table.Name) { Locale = CultureInfo.InvariantCulture };
        foreach (var column in table.Columns) data.Columns.Add(column.Name, column.Type);
        foreach (var row in rows)
            data.Rows.Add(Array.ConvertAll(table.Columns, column => column.Value(row) is { } value ? dialect.Stored(value) : DBNull.Value));
        return data;
    }
}
