using System.Data;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.SqlClient;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>Inserts rows by the driver's bulk insert alone, in transactions as large as the product's: the least time.</summary>
internal static class BareBulkCopy
{
    /// <summary>How many rows a transaction has.</summary>
    public const int RowsOfTransaction = 2_048;

    /// <summary>Reads a table's rows, except the column that the server fills.</summary>
    public static DataTable Read(string connectionString, string table, string except, string order)
    {
        using var connection = new SqlConnection(connectionString);
        connection.Open();
        using var select = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the product's tables.
        select.CommandText = $"SELECT * FROM {table} ORDER BY {order}";
#pragma warning restore CA2100
        using var reader = select.ExecuteReader();
        var rows = new DataTable(table) { Locale = CultureInfo.InvariantCulture };
        rows.Load(reader);
        rows.Columns.Remove(except);
        return rows;
    }

    /// <summary>Inserts the rows; returns how long all transactions but the first took.</summary>
    public static async Task<TimeSpan> TimeAsync(string connectionString, DataTable rows)
    {
        using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        var clock = new Stopwatch();
        foreach (var batch in rows.Rows.Cast<DataRow>().Chunk(RowsOfTransaction))
        {
            using var transaction = connection.BeginTransaction();
            await WriteFirstAsync(connection, transaction);
            using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints, transaction) { DestinationTableName = rows.TableName };
            foreach (DataColumn column in rows.Columns) copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
            await copy.WriteToServerAsync(batch);
            await transaction.CommitAsync();
            clock.Start();
        }

        return clock.Elapsed;
    }

    /// <summary>The stand-in for SQL Server allows no bulk insert in a transaction that has written nothing.</summary>
    private static async Task WriteFirstAsync(SqlConnection connection, SqlTransaction transaction)
    {
        using var update = connection.CreateCommand();
        update.Transaction = transaction;
        update.CommandText = "UPDATE journals SET seq = seq";
        await update.ExecuteNonQueryAsync();
    }
}
