using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Database;

/// <summary>Inserts many rows with one prepared statement, so that nearly all of the time is SQLite's own.</summary>
internal static class SqliteBulkInsert
{
    /// <inheritdoc cref="DatabaseEngine.InsertAsync"/>
    public static void Run<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return;
        var columns = table.Columns;
        using var statement = new SqliteStatement(
            (SqliteConnection)connection.Driver,
            $"INSERT INTO {table.Name} ({table.Names}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})");
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < columns.Length; i++)
                statement.Bind(i + 1, columns[i].Value(row) is { } value ? connection.Dialect.Stored(value) : null);
            statement.Run();
        }
    }
}
