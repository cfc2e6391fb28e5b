using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Database.Copying;

/// <summary>
/// A SQLite database is copied to another engine and back, by processes that are killed at any moment. The size is that of
/// <see cref="TestScale"/>: 40 is a million rows and 20 kills each way.
/// </summary>
public abstract class KilledCopyContract : StoreContract
{
    private const int ChunkSize = 1_000;

    private static readonly int Rows = 25_000 * TestScale.Factor;
    private static readonly int Kills = Math.Min(20, 2 * TestScale.Factor);

    private readonly Random _random = new(20261130);
    private TestStore? _between;
    private SqliteStore? _back;

    private protected override TestStore NewStore() => new SqliteStore();

    private protected abstract TestStore NewBetween();

    [TestCleanup]
    public void RemoveStores()
    {
        _between?.Dispose();
        _back?.Dispose();
    }

    [TestMethod]
    [Timeout(3_600_000, CooperativeCancellation = true)]
    public async Task A_copy_there_and_back_has_every_row_once_though_its_process_is_killed()
    {
        await FillAsync();
        (_between, _back) = (NewBetween(), new SqliteStore());
        var clock = Stopwatch.StartNew();

        var there = await CopyAsync(Store, _between);
        var half = clock.Elapsed;
        var back = await CopyAsync(_between, _back);

        AssertSameFiles(((SqliteStore)Store).File, _back.File);
        Assert.AreEqual(there.Tables, back.Tables);
        // The last of them may come after the end.
        Assert.IsGreaterThanOrEqualTo(Kills / 2, Math.Min(there.Kills, back.Kills));
        TestContext.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{there.Tables}; {there.Kills} and {back.Kills} kills; there in {half.TotalSeconds:F0} s, "
                + $"back in {(clock.Elapsed - half).TotalSeconds:F0} s"));
    }

    private async Task<(string Tables, int Kills)> CopyAsync(TestStore source, TestStore target)
    {
        using var folder = new TemporaryFolder();
        for (var kills = 0; ; kills++)
        {
            // Some transactions on, often within the next one.
            var lines = kills < Kills ? _random.Next(12) : CopyRows.All;
            await using var process = ChildProcess.Run<CopyRows>(
                folder.Path, [.. Arguments(source), .. Arguments(target), lines.ToString(CultureInfo.InvariantCulture)]);
            string? line = "";
            for (var i = 0; i < lines && line is not null && !line.StartsWith(CopyRows.Copied, StringComparison.Ordinal); i++)
                line = await process.TryReadLineAsync(Cancellation);
            if (line is null) Assert.Fail((await process.EndAsync(Cancellation)).Error);
            if (line.StartsWith(CopyRows.Copied, StringComparison.Ordinal)) return (line, kills);
            await process.KillAsync(Cancellation);
        }
    }

    private static string[] Arguments(TestStore store) =>
        [CopyScene.OptionsOf(store).Provider.ToString(), CopyScene.OptionsOf(store).ConnectionString];

    private static void AssertSameFiles(string one, string other)
    {
        using var connection = new SqliteConnection($"Data Source={one};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"ATTACH '{other}' AS other";
        command.ExecuteNonQuery();
        foreach (var table in (string[])["journals", "audit_events", "audit_counts", "job_logs", "jobs", "instances"])
        {
            command.CommandText =
                $"SELECT (SELECT COUNT(*) FROM (SELECT * FROM main.{table} EXCEPT SELECT * FROM other.{table})) + "
                + $"(SELECT COUNT(*) FROM (SELECT * FROM other.{table} EXCEPT SELECT * FROM main.{table})) + "
                + $"abs((SELECT COUNT(*) FROM main.{table}) - (SELECT COUNT(*) FROM other.{table}))";
            Assert.AreEqual(0L, command.ExecuteScalar(), table);
        }
    }

    private async Task FillAsync()
    {
        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        await connection.ExecuteAsync(
            SqlQuery.Raw(
                "INSERT INTO journals (id, journal, instance, name, seq, hash, segment, \"offset\") VALUES "
                + "(1, '0195d8e4-0000-7000-8000-000000000001', 'm1/app', 'audit.log.json', 5, 'h', 1, 1), "
                + "(2, '0195d8e4-0000-7000-8000-000000000002', 'm1/app', 'job_logs.json', 5, 'h', 1, 1)"),
            Cancellation);
        for (var first = 0; first < Rows / 2; first += ChunkSize)
        {
            var numbers = Enumerable.Range(first + 1, Math.Min(ChunkSize, (Rows / 2) - first)).ToArray();
            await connection.CommitAsync(
                async () =>
                {
                    await Database.InsertAsync(connection, SqlTables.AuditEvents, [.. numbers.Select(Event)], Cancellation);
                    await Database.InsertAsync(connection, SqlTables.JobLogs, [.. numbers.Select(Entry)], Cancellation);
                    await Database.InsertAsync(connection, SqlTables.Jobs, [.. numbers.Where(n => n % 100 == 0).Select(Job)], Cancellation);
                    return true;
                },
                Cancellation);
        }

        await connection.ExecuteAsync(
            SqlQuery.Raw(
                "INSERT INTO audit_counts (hour, event_type, count) "
                + "SELECT substr(timestamp, 1, 13) || ':00:00.0000000Z', event_type, COUNT(*) FROM audit_events GROUP BY 1, 2"),
            Cancellation);
    }

    private static AuditEventRow Event(int n) => new()
    {
        JournalId = 1, Seq = n, Id = new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0), Timestamp = Lines.Noon.AddMilliseconds(n),
        EventType = n % 3 == 0 ? "user.login" : "config.update", Level = "Information", Category = "Shop", Instance = "m1/app",
        UserId = n % 2 == 0 ? null : $"u{n % 1_000}", Message = $"Größe {n} \U0001F3B5",
        Details = $$"""{"n":{{n}},"text":"a \"word\""}""", Hash = "h",
    };

    private static JobLogRow Entry(int n) => new()
    {
        JournalId = 2, Seq = n, JobId = $"job-{n / 100}", Instance = "m1/app", Timestamp = Lines.Noon.AddMilliseconds(n),
        Level = "Information", Category = "Shop", Message = $"Entry {n}", ProgressDone = n, Exception = n % 500 == 0 ? new string('x', 5_000) : null,
    };

    private static JobRow Job(int n)
    {
        var job = new JobRow(jobId: $"job-{n / 100}")
        {
            Status = "completed", Instance = "m1/app", Entries = 100, FirstAt = Lines.Noon, LastAt = Lines.Noon.AddMilliseconds(n),
            LastMessage = $"Entry {n}",
        };
        return job;
    }
}
