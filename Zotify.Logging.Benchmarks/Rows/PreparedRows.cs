using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Benchmarks.Rows;

/// <summary>A prepared command of the driver into the floor's table.</summary>
internal sealed class PreparedRows : IRowWriter
{
    private readonly RowKind _kind;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private int _next;

    public PreparedRows(RowKind kind, string file)
    {
        _kind = kind;
        _connection = Open(kind, file);
        _insert = _connection.CreateCommand();
        var names = string.Join(", ", kind.Columns);
        _insert.CommandText = $"INSERT INTO {kind.Table} ({names}) VALUES (@{string.Join(", @", kind.Columns)})";
        foreach (var column in kind.Columns) _insert.Parameters.Add(new SqliteParameter($"@{column}", null));
    }

    /// <summary>Opens the file with the floor's tables, and creates them in an empty one.</summary>
    public static SqliteConnection Open(RowKind kind, string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
        using var tables = connection.CreateCommand();
        tables.CommandText = "SELECT count(*) FROM sqlite_schema";
        if ((long)tables.ExecuteScalar()! == 0) Run(connection, kind.Schema);
        return connection;
    }

    public Task WriteAsync(int count)
    {
        for (var first = 0; first < count; first += RowWriters.RowsOfTransaction)
        {
            using var transaction = _connection.BeginTransaction();
            _insert.Transaction = transaction;
            for (var i = first; i < Math.Min(count, first + RowWriters.RowsOfTransaction); i++) Insert(_kind.Values(_next++));
            transaction.Commit();
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private void Insert(object?[] values)
    {
        for (var i = 0; i < values.Length; i++) _insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        _insert.ExecuteNonQuery();
    }

    private static void Run(SqliteConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
