using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>
/// Inserts rows into tables with one prepared command per table, 8,000 rows of each in a transaction as the projection has them: the time that SQLite needs for them.
/// </summary>
internal static class PreparedInserts
{
    private const int RowsOfTransaction = 8_000;

    /// <summary>Inserts the rows. All tables have the same number of rows.</summary>
    public static void Run(string file, IReadOnlyList<TableRows> tables)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var setup = connection.CreateCommand();
        setup.CommandText = "PRAGMA synchronous=NORMAL";
        setup.ExecuteNonQuery();
        var inserts = tables.Select(table => Prepare(connection, table)).ToArray();
        for (var first = 0; first < tables[0].Rows.Count; first += RowsOfTransaction)
        {
            using var transaction = connection.BeginTransaction();
            for (var i = 0; i < inserts.Length; i++) Insert(inserts[i], transaction, tables[i].Rows.Skip(first).Take(RowsOfTransaction));
            transaction.Commit();
        }

        foreach (var insert in inserts) insert.Dispose();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, TableRows table)
    {
        var insert = connection.CreateCommand();
        insert.CommandText =
            $"INSERT INTO {table.Table} ({string.Join(", ", table.Columns)}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < table.Columns.Count; i++) insert.Parameters.Add(new SqliteParameter($"@p{i}", null));
        return insert;
    }

    private static void Insert(SqliteCommand insert, SqliteTransaction transaction, IEnumerable<object?[]> rows)
    {
        insert.Transaction = transaction;
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) insert.Parameters[i].Value = row[i] ?? DBNull.Value;
            insert.ExecuteNonQuery();
        }
    }
}
