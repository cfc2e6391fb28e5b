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
            $"INSERT INTO {table.Name} ({table.Names}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})",
            columns.Length);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var column in columns) column.Write(row, statement);
            statement.Run();
        }
    }
}
