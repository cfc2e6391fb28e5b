using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>Rows of a table, inserted unchanged.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns, quoted.</param>
/// <param name="Rows">The values, in the order of the columns.</param>
internal sealed record TableRows(string Table, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Reads the result of a query, except one column.</summary>
    public static TableRows Read(string file, string table, string query, string? except = null)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = query;
        using var reader = select.ExecuteReader();
        var columns = Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetName(i) != except).ToArray();
        var rows = new List<object?[]>();
        while (reader.Read()) rows.Add(Array.ConvertAll(columns, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
        return new TableRows(table, Array.ConvertAll(columns, i => $"\"{reader.GetName(i)}\""), rows);
    }
}
