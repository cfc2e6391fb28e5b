using System.Globalization;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>How many bytes of a database an audit event takes.</summary>
internal static class DatabaseSizes
{
    /// <summary>The bytes of the file for each event.</summary>
    public const string Event = "database, B an event";

    /// <summary>The index of the texts as a share of the rows' bytes.</summary>
    public const string IndexShare = "index of the texts, % of the rows";

    private const string Rows = "row, B";
    private const string Texts = "index of the texts, B an event";

    private static readonly string Columns = string.Join(
        " + ", AuditEventRow.Columns.Select(column => $"coalesce(length(CAST({column.Name} AS BLOB)), 0)"));

    /// <summary>Reads the sizes of a database with this many events.</summary>
    public static Figures Read(string file, long count)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var row = Number(connection, $"SELECT avg({Columns}) FROM (SELECT * FROM audit_events ORDER BY row_id DESC LIMIT 10000)");
        var texts = Number(
            connection,
            "SELECT (SELECT sum(length(data)) FROM audit_text_pages) + (SELECT sum(length(pages)) FROM audit_text_runs)") / count;
        return new Figures
        {
            [Event] = new FileInfo(file).Length / (double)count,
            [Rows] = row,
            [Texts] = texts,
            [IndexShare] = 100 * texts / row,
        };
    }

    private static double Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToDouble(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
