using System.Globalization;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Benchmarks.Databases;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>
/// The table of audit events in SQLite with its indexes, except the index of the texts. A prepared insert fills it, with a durable
/// transaction for each append: an audit log that is only a database.
/// </summary>
internal sealed class SqliteAppend : IAppend
{
    private static readonly string[] Columns =
        [
            "journal_id",
            "seq",
            "id",
            "timestamp",
            "event_type",
            "user_id",
            "level",
            "category",
            "event_id",
            "message",
            "details",
            "instance",
            "hash"
        ];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private long _seq;

    public SqliteAppend(string folder)
    {
        var file = Path.Combine(folder, "raw.db");
        using var database = Projected.Open(file);
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        using var setup = _connection.CreateCommand();
        setup.CommandText =
            $"""
            {database.Script()}
            PRAGMA synchronous=FULL;
            INSERT INTO journals (id, journal, instance, name, seq, hash, segment, "offset") VALUES (1, '{Guid.CreateVersion7()}', 'benchmark', 'raw', 0, '', 0, 0);
            """;
        setup.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = $"INSERT INTO audit_events ({string.Join(", ", Columns)}) VALUES (@{string.Join(", @", Columns)})";
        foreach (var column in Columns) _insert.Parameters.Add(new SqliteParameter($"@{column}", null));
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
        var time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        object[] values =
        [
            1L, seq, Guid.CreateVersion7().ToString(), time, "user.login", "u42", "Information", "Zotify.Sync", 1001L,
            string.Create(
                CultureInfo.InvariantCulture,
                $"User u42 logged in from web, attempt {seq}"), string.Create(CultureInfo.InvariantCulture,
                $"{{\"source\":\"web\",\"attempt\":{seq}}}"),
            "benchmark/zotify", "9bFhkd4cYwKx2nqvT0mJ8sRZpLe5uAiGtX3oWyB7rQE",
        ];
        for (var i = 0; i < values.Length; i++) _insert.Parameters[i].Value = values[i];
        _insert.ExecuteNonQuery();
    }
}
