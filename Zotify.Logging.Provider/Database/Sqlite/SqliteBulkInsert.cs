using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>Inserts many rows with one prepared command: the columns are the model's, the cost is SQLite's.</summary>
internal static class SqliteBulkInsert
{
    /// <inheritdoc cref="DatabaseEngine.InsertAsync"/>
    public static async Task RunAsync<TRow>(LoggingDbContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TRow : class
    {
        if (rows.Count == 0) return;
        var table = context.Model.FindEntityType(typeof(TRow))!;
        var columns = table.GetProperties().Where(column => column.ValueGenerated == ValueGenerated.Never).ToArray();
        var getters = Array.ConvertAll(columns, column => column.GetGetter());
        var converters = Array.ConvertAll(columns, column => column.GetTypeMapping().Converter);
        var command = context.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
            command.CommandText =
                $"INSERT INTO {table.GetTableName()} ({string.Join(", ", columns.Select(column => $"\"{column.GetColumnName()}\""))}) "
                + $"VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
            var parameters = columns.Select((_, i) => new SqliteParameter($"@p{i}", null)).ToArray();
            command.Parameters.AddRange(parameters);

            foreach (var row in rows)
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    var value = getters[i].GetClrValue(row);
                    parameters[i].Value = (converters[i] is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
                }

                // SQLite runs in this thread either way: to run each row as if it did not costs, and gains nothing.
                cancellationToken.ThrowIfCancellationRequested();
                command.ExecuteNonQuery();
            }
        }
    }
}
