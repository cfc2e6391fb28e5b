using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>The jobs and their entries, as the database has them.</summary>
internal sealed partial class LoggedJobs
{
    private LoggedJobs(IReadOnlyList<LoggedEntry> entries, IReadOnlyDictionary<string, (string Type, string Status)> jobs)
    {
        Entries = entries;
        Jobs = jobs;
    }

    /// <summary>All entries, in the order of the journal.</summary>
    public IReadOnlyList<LoggedEntry> Entries { get; }

    /// <summary>The jobs by their id.</summary>
    public IReadOnlyDictionary<string, (string Type, string Status)> Jobs { get; }

    /// <summary>Reads them.</summary>
    public static LoggedJobs Read(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var entries = Rows(
            connection, "SELECT job_id, category, event_name, message FROM job_logs ORDER BY id",
            row => new LoggedEntry(row.GetString(0), row.GetString(1), Text(row, 2), row.GetString(3)));
        var jobs = Rows(
            connection, "SELECT job_id, job_type, status FROM jobs",
            row => (Id: row.GetString(0), Type: Text(row, 1) ?? "", Status: row.GetString(2)));
        return new LoggedJobs(entries, jobs.ToDictionary(job => job.Id, job => (job.Type, job.Status)));
    }

    /// <summary>The events of a job, in order, without their common start.</summary>
    public string Events(string jobId) => string.Join(
        ' ', Entries.Where(entry => entry.JobId == jobId && entry.Event is not null).Select(entry => entry.Event!["job.".Length..]));

    /// <summary>
    /// Asserts that each job has the lines of one piece of work alone, each attempt all of them, and that no other job has lines of that
    /// work. Returns the job id of each piece of work.
    /// </summary>
    public Dictionary<int, string> AssertEachLineIsAtItsJob()
    {
        var jobOf = new Dictionary<int, string>();
        var lines = Entries.Select(entry => (entry.JobId, Line: WorkLine().Match(entry.Message))).Where(entry => entry.Line.Success)
            .Select(entry => (entry.JobId, Line: Number(entry.Line.Groups[1]), Work: Number(entry.Line.Groups[2]))).ToArray();
        foreach (var work in lines.GroupBy(line => line.Work))
        {
            jobOf.Add(work.Key, work.Select(line => line.JobId).Distinct().Single());
            var attempts = Events(jobOf[work.Key]).Split(' ').Count(name => name == "started");
            Assert.AreEqual(attempts * SomeLibrary.LinesAnAttempt, work.Count(), $"{work.Key} has {attempts} attempts");
            Assert.AreEqual(SomeLibrary.LinesAnAttempt, work.Select(line => line.Line).Distinct().Count());
        }

        CollectionAssert.AllItemsAreUnique(jobOf.Values);
        return jobOf;
    }

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The two above.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read()) all.Add(read(rows));
        return all;
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Line (\d+) of work (\d+)$")]
    private static partial Regex WorkLine();
}
