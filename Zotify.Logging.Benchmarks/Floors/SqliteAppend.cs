using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>
/// A table of events as somebody would make it by hand, with an index for each of two filters. A prepared insert fills it, with a durable
/// transaction for each append: an audit log that is only a database.
/// </summary>
internal sealed class SqliteAppend : IAppend
{
    private const string Schema =
        """
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        CREATE TABLE events (seq INTEGER PRIMARY KEY, time TEXT NOT NULL, type TEXT NOT NULL, user TEXT NOT NULL, category TEXT NOT NULL,
            message TEXT NOT NULL, details TEXT NOT NULL);
        CREATE INDEX events_user ON events (user);
        CREATE INDEX events_type ON events (type);
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private long _seq;

    public SqliteAppend(string folder)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "raw.db")};Pooling=False");
        _connection.Open();
        using var setup = _connection.CreateCommand();
        setup.CommandText = Schema;
        setup.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO events VALUES (@0, @1, @2, @3, @4, @5, @6)";
        for (var i = 0; i < 7; i++) _insert.Parameters.Add(new SqliteParameter($"@{i}", null));
    }

    public void Append(IReadOnlyList<byte[]> records)
    {
        using var transaction = _connection.BeginTransaction();
        _insert.Transaction = transaction;
        for (var i = 0; i < records.Count; i++) Insert();
        transaction.Commit();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }

    /// <summary>The row of the event that the other writers write.</summary>
    private void Insert()
    {
        var seq = ++_seq;
        object[] values =
        [
            seq, TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), "user.login", "u42", "Zotify.Sync",
            string.Create(CultureInfo.InvariantCulture, $"User u42 logged in from web, attempt {seq}"),
            string.Create(CultureInfo.InvariantCulture, $"{{\"source\":\"web\",\"attempt\":{seq}}}"),
        ];
        for (var i = 0; i < values.Length; i++) _insert.Parameters[i].Value = values[i];
        _insert.ExecuteNonQuery();
    }
}
