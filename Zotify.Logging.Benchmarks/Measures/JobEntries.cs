using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How long it takes to read the log of a job.</summary>
internal sealed class JobEntries : Measure
{
    private const string Ours = "Zotify";
    private const string Raw = "ADO.NET";
    private const string Time = "ms";
    private const int Reads = 40;

    public override string Name => "job-entries";

    public override string Shows => "A job's 1,000 entries out of 1M, in process, compared with raw ADO.NET. The first run creates the database.";

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var count = run.Of(1_000_000);
        var file = await KeptDatabase.JobsAsync(count, run);
        using var database = Projected.Open(file);
        var jobs = new JobLogs(database, new NothingToWaitFor());
        var samples = await run.InterleaveAsync(
            (string[])[Ours, Raw],
            contender => contender,
            async contender => new Figures
            {
                [Time] = await MedianAsync(count, contender == Ours ? id => ReadAsync(jobs, id) : id => Task.FromResult(ReadRaw(file, id))),
            });
        Table.Print(run, "a job's 1,000 entries", samples, Ours);
        return [new("to raw ADO.NET", samples.Median(Ours, Time) / samples.Median(Raw, Time), 1.5)];
    }

    private static async Task<double> MedianAsync(int count, Func<string, Task<int>> read)
    {
        var times = new double[Reads];
        for (var i = 0; i < Reads; i++)
        {
            var id = SyntheticRecords.JobOf(1 + ((long)count * i / Reads));
            var start = Stopwatch.GetTimestamp();
            var entries = await read(id);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (entries != SyntheticRecords.EntriesOfJob)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{id} has {entries} entries."));
        }

        return Samples.Median(times);
    }

    private static async Task<int> ReadAsync(JobLogs jobs, string jobId) =>
        (await jobs.ReadAsync(new JobLogQuery(jobId), CancellationToken.None))!.Items.Count;

    /// <summary>The same rows as typed values, read through a connection from the pool.</summary>
    private static int ReadRaw(string file, string jobId)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT * FROM job_logs WHERE job_id = @job ORDER BY id LIMIT 1000";
        select.Parameters.AddWithValue("@job", jobId);
        using var reader = select.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows.Count;
    }
}
