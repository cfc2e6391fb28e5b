using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Tests.Faults;

/// <summary>The rows of a database, as SQL people see them.</summary>
/// <param name="path">The file.</param>
internal sealed class ProjectedRows(string path)
{
    /// <summary>Compares the rows with the lines of the audit journal, and with the flushed entries of the job.</summary>
    /// <param name="lines">All lines that the journal ever had.</param>
    /// <param name="pruned">The number through which lines were to be pruned; their rows are deleted before their files, and may be
    /// gone.</param>
    /// <param name="entries">The numbers of the entries.</param>
    /// <param name="require">Checks a condition; gets the message for a false one.</param>
    public void Check(IEnumerable<string> lines, long pruned, IReadOnlyList<int> entries, Action<bool, string> require)
    {
        var hashes = lines.ToDictionary(line => JsonElement.Parse(line).GetProperty("hash").GetString()!, JournalCopy.SeqOf);
        var rows = Counts("SELECT hash, COUNT(*) FROM audit_events GROUP BY hash");
        var twice = rows.Where(row => row.Value > 1).Select(row => hashes.GetValueOrDefault(row.Key)).ToList();
        require(twice.Count == 0, $"{twice.Count} events have two rows: lines {List(twice)}");
        var bare = Counts("SELECT hash, seq FROM audit_events").Where(row => !hashes.ContainsKey(row.Key)).Select(row => row.Value).ToList();
        require(bare.Count == 0, $"{bare.Count} rows have no line: {List(bare)}, and the last line is {hashes.Values.Max()}");
        var missing = hashes.Where(line => line.Value > pruned && !rows.ContainsKey(line.Key)).Select(line => line.Value).ToList();
        require(missing.Count == 0, $"{missing.Count} events have no row: lines {List(missing)}");
        var sum = Counts("SELECT 'sum', COALESCE(SUM(count), 0) FROM audit_counts")["sum"];
        require(sum == rows.Values.Sum(), "the counts are not those of the rows");

        var steps = Counts($"SELECT properties ->> '$.n', COUNT(*) FROM job_logs WHERE job_id = '{FaultWorkload.JobId}' GROUP BY 1");
        require(steps.Values.All(count => count == 1), "an entry of the job has two rows");
        var lost = entries.Where(n => !steps.ContainsKey(n.ToString(CultureInfo.InvariantCulture))).Select(n => (long)n).ToList();
        require(lost.Count == 0, $"{lost.Count} flushed entries have no row: {List(lost)}");
    }

    private static string List(IEnumerable<long> numbers) => string.Join(", ", numbers.Order().Take(5));

    private Dictionary<string, long> Counts(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Literals of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var counts = new Dictionary<string, long>();
        while (reader.Read()) counts.Add(reader.GetString(0), reader.GetInt64(1));
        return counts;
    }
}
