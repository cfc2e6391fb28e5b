using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>Inserts many rows with one prepared statement: the columns are the model's, the cost is SQLite's.</summary>
internal static class SqliteBulkInsert
{
    /// <inheritdoc cref="DatabaseEngine.InsertAsync"/>
    public static void Run<TRow>(LoggingDbContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TRow : class
    {
        if (rows.Count == 0) return;
        var table = context.Model.FindEntityType(typeof(TRow))!;
        var columns = table.GetProperties().Where(column => column.ValueGenerated == ValueGenerated.Never).ToArray();
        var getters = Array.ConvertAll(columns, column => column.GetGetter());
        var converters = Array.ConvertAll(columns, column => column.GetTypeMapping().Converter);
        using var statement = new SqliteStatement(
            (SqliteConnection)context.Database.GetDbConnection(),
            $"INSERT INTO {table.GetTableName()} ({string.Join(", ", columns.Select(column => $"\"{column.GetColumnName()}\""))}) "
            + $"VALUES ({string.Join(", ", columns.Select(_ => "?"))})");
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < columns.Length; i++)
            {
                var value = getters[i].GetClrValue(row);
                statement.Bind(i + 1, converters[i] is { } converter ? converter.ConvertToProvider(value) : value);
            }

            statement.Run();
        }
    }
}
