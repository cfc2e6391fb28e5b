using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Zotify.Logging.Provider.Database.SqlServer;

/// <summary>Inserts many rows in one stream: the columns are the model's, the numbers of the rows the server's.</summary>
internal static class SqlServerBulkInsert
{
    /// <inheritdoc cref="DatabaseEngine.InsertAsync"/>
    public static async Task RunAsync<TRow>(LoggingDbContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TRow : class
    {
        if (rows.Count == 0) return;
        using var table = ToTable(context, rows);
        // Constraints are checked as for every other insert; without that, the right to alter the table would be needed, too.
        using var copy = new SqlBulkCopy(
            (SqlConnection)context.Database.GetDbConnection(),
            SqlBulkCopyOptions.CheckConstraints,
            (SqlTransaction)context.Database.CurrentTransaction!.GetDbTransaction());
        copy.DestinationTableName = table.TableName;
        foreach (DataColumn column in table.Columns) copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        await copy.WriteToServerAsync(table, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rows with the columns and values of the model's table; without the columns that the server fills.</summary>
    public static DataTable ToTable<TRow>(LoggingDbContext context, IReadOnlyList<TRow> rows)
        where TRow : class
    {
        var entity = context.Model.FindEntityType(typeof(TRow))!;
        var columns = entity.GetProperties().Where(column => column.ValueGenerated == ValueGenerated.Never).ToArray();
        var getters = Array.ConvertAll(columns, column => column.GetGetter());
        var converters = Array.ConvertAll(columns, column => column.GetTypeMapping().Converter);
        var table = new DataTable(entity.GetTableName()) { Locale = CultureInfo.InvariantCulture };
        foreach (var column in columns) table.Columns.Add(column.GetColumnName(), Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType);
        foreach (var row in rows)
        {
            var values = new object[columns.Length];
            for (var i = 0; i < columns.Length; i++)
            {
                var value = getters[i].GetClrValue(row);
                values[i] = (converters[i] is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
            }

            table.Rows.Add(values);
        }

        return table;
    }
}
