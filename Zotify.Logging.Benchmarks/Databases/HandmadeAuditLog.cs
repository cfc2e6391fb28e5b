using Microsoft.Data.Sqlite;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>
/// The same events as those of <see cref="KeptDatabase"/> in a database that somebody would make by hand for these searches: a table, an
/// index for each of two filters, and an index of the words. The id is the order, so that no index needs the time.
/// </summary>
internal static class HandmadeAuditLog
{
    /// <summary>The seconds of a search by range; each event is a second after the one before.</summary>
    public const int RangeSeconds = 10_000;

    private const string FileName = "events.db";

    private const string Schema =
        """
        PRAGMA journal_mode=WAL;
        CREATE TABLE events (id INTEGER PRIMARY KEY, time INTEGER NOT NULL, type TEXT NOT NULL, user TEXT NOT NULL, category TEXT NOT NULL,
            message TEXT NOT NULL, details TEXT NOT NULL, trace TEXT NOT NULL);
        CREATE INDEX events_user ON events (user);
        CREATE INDEX events_type ON events (type, time);
        CREATE VIRTUAL TABLE events_text USING fts5 (message, details, content='events', content_rowid='id', detail='none');
        """;

    private const string Columns = "id, time, type, user, category, message, details, trace";

    /// <summary>A file with this many events, kept below the temporary folder from one run to the next.</summary>
    public static async Task<string> MakeAsync(int count, MeasureRun run)
    {
        var folder = await KeptDatabase.MakeAsync<MakeHandmade>("handmade", count, run);
        return Path.Combine(folder, FileName);
    }

    /// <summary>Opens the file for searches.</summary>
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA query_only=1";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Reads the newest 50 events of a search. Returns how many there are.</summary>
    public static int Search(SqliteConnection connection, string kind, long seq)
    {
        using var select = connection.CreateCommand();
        select.CommandText = kind switch
        {
            "user" => $"SELECT {Columns} FROM events WHERE user = @value ORDER BY id DESC LIMIT 50",
            "text" => $"SELECT {Columns} FROM events WHERE id IN (SELECT rowid FROM events_text WHERE events_text MATCH @value "
                + "ORDER BY rowid DESC LIMIT 50) ORDER BY id DESC",
            _ => $"SELECT {Columns} FROM events WHERE type = @value AND time >= @from AND time < @to ORDER BY time DESC LIMIT 50",
        };
        var value = kind switch
        {
            "user" => SyntheticRecords.UserOf(seq),
            "text" => SyntheticRecords.WordOf(seq),
            _ => SyntheticRecords.TypeOf(seq),
        };
        select.Parameters.AddWithValue("@value", value);
        if (value == SyntheticRecords.TypeOf(seq))
        {
            select.Parameters.AddWithValue("@from", SyntheticRecords.TimeOf(seq - RangeSeconds).UtcTicks);
            select.Parameters.AddWithValue("@to", SyntheticRecords.TimeOf(seq).UtcTicks);
        }

        using var reader = select.ExecuteReader();
        var values = new object[reader.FieldCount];
        var rows = 0;
        for (; reader.Read(); rows++) reader.GetValues(values);
        return rows;
    }

    /// <summary>Fills a new file in a folder.</summary>
    public static void Fill(string folder, int count) => FillFile(Path.Combine(folder, FileName), count);

    private static void FillFile(string file, int count)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var setup = connection.CreateCommand();
        setup.CommandText = Schema;
        setup.ExecuteNonQuery();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO events ({Columns}) VALUES (@0, @1, @2, @3, @4, @5, @6, @7)";
        for (var i = 0; i < 8; i++) insert.Parameters.Add(new SqliteParameter($"@{i}", null));
        for (var seq = 1L; seq <= count; seq++)
        {
            object[] values =
            [
                seq, SyntheticRecords.TimeOf(seq).UtcTicks, SyntheticRecords.TypeOf(seq), SyntheticRecords.UserOf(seq), "Zotify.Accounts",
                SyntheticRecords.MessageOf(seq), $"{{\"source\":\"web\",\"album\":\"{SyntheticRecords.WordOf(seq)}\"}}",
                SyntheticRecords.TraceOf(seq),
            ];
            for (var i = 0; i < values.Length; i++) insert.Parameters[i].Value = values[i];
            insert.ExecuteNonQuery();
        }

        insert.CommandText = "INSERT INTO events_text (events_text) VALUES ('rebuild')";
        insert.Parameters.Clear();
        insert.ExecuteNonQuery();
        transaction.Commit();
    }
}
