using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>Inserts rows into a table by one prepared command, 1,000 in a transaction: what SQLite takes for them.</summary>
internal static class PreparedInserts
{
    private const int RowsOfTransaction = 1_000;

    /// <summary>Inserts rows of values, in the order of the columns.</summary>
    public static void Run(string file, string table, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var setup = connection.CreateCommand();
        setup.CommandText = "PRAGMA synchronous=NORMAL";
        setup.ExecuteNonQuery();
        using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        var parameters = columns.Select((_, i) => insert.Parameters.Add(new SqliteParameter($"@p{i}", null))).ToArray();
        foreach (var part in rows.Chunk(RowsOfTransaction))
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var row in part)
            {
                for (var i = 0; i < parameters.Length; i++) parameters[i].Value = row[i] ?? DBNull.Value;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    /// <summary>Reads a table: its columns, but for the one that numbers the rows, and its rows.</summary>
    public static (string[] Columns, List<object?[]> Rows) Read(string file, string table, string key)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = $"SELECT * FROM {table}";
        using var reader = select.ExecuteReader();
        var columns = Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetName(i) != key).ToArray();
        var rows = new List<object?[]>();
        while (reader.Read()) rows.Add(Array.ConvertAll(columns, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
        return (Array.ConvertAll(columns, i => $"\"{reader.GetName(i)}\""), rows);
    }
}
