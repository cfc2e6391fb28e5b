using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>A table in SQLite, filled by a prepared insert, with a durable transaction for each append.</summary>
internal sealed class SqliteAppend : IAppend
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public SqliteAppend(string folder)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "raw.db")};Pooling=False");
        _connection.Open();
        using var setup = _connection.CreateCommand();
        setup.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE events (id INTEGER PRIMARY KEY, line BLOB NOT NULL);";
        setup.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO events (line) VALUES (@line)";
        _insert.Parameters.Add("@line", SqliteType.Blob);
        _insert.Prepare();
    }

    public void Append(IReadOnlyList<byte[]> records)
    {
        using var transaction = _connection.BeginTransaction();
        _insert.Transaction = transaction;
        foreach (var record in records)
        {
            _insert.Parameters[0].Value = record;
            _insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
