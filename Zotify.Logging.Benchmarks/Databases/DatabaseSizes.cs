using System.Globalization;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>How many bytes of a database an audit event takes: whole pages, as files have them.</summary>
internal static class DatabaseSizes
{
    /// <summary>The bytes of the file for each event.</summary>
    public const string Event = "database, B an event";

    /// <summary>The index of the texts as a share of the rows' bytes.</summary>
    public const string IndexShare = "index of the texts, % of the rows";

    private const int NewestRows = 10_000;

    /// <summary>Reads the sizes of a database with this many events.</summary>
    public static Figures Read(string file, long count)
    {
        var all = Bytes(file) / count;
        var rows = BytesOfCopy(
            file,
            "SELECT sql FROM sqlite_schema WHERE name = 'audit_events'",
            ["audit_events"],
            $"WHERE row_id > (SELECT max(row_id) FROM source.audit_events) - {NewestRows} ORDER BY row_id") / Math.Min(count, NewestRows);
        var texts = BytesOfCopy(
            file,
            "SELECT sql FROM sqlite_schema WHERE tbl_name IN ('audit_text_pages', 'audit_text_runs') AND sql IS NOT NULL ORDER BY type DESC",
            ["audit_text_pages", "audit_text_runs"]) / count;
        return new Figures
        {
            [Event] = all,
            ["rows, B an event"] = rows,
            ["index of the texts, B an event"] = texts,
            ["other indexes and tables, B an event"] = all - rows - texts,
            [IndexShare] = 100 * texts / rows,
        };
    }

    private static double Bytes(string file)
    {
        using var connection = Open(file);
        return Convert.ToDouble(
            Query(connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Single(), CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The bytes of a new file with a copy of tables. The driver's SQLite has no table of its pages, and the lengths of the values leave out
    /// what a page has beside them.
    /// </summary>
    private static double BytesOfCopy(string file, string schema, IEnumerable<string> tables, string rows = "")
    {
        using var folder = new WorkFolder();
        var copy = Path.Combine(folder.Path, "copy.db");
        using (var source = Open(file))
        using (var target = Open(copy))
        {
            Query(target, "PRAGMA foreign_keys=0");
            foreach (var statement in Query(source, schema)) Query(target, (string)statement);
            Query(target, $"ATTACH '{file}' AS source");
            foreach (var table in tables) Query(target, $"INSERT INTO main.{table} SELECT * FROM source.{table} {rows}");
        }

        return Bytes(copy);
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static List<object> Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this class, and the schema of a file that this program created.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var values = new List<object>();
        while (reader.Read()) values.Add(reader.GetValue(0));
        return values;
    }
}
