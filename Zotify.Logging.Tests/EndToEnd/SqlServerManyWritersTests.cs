using System.Diagnostics;
using Zotify.Logging.Database;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>
/// Four instances that write to one database at a rate, each killed now and then, while the server crashes and queries run. At the full
/// size: 10 minutes at 500 records a second each, 20 kills each, 5 crashes.
/// </summary>
[TestClass]
[SqlServerCondition]
public sealed class SqlServerManyWritersTests
{
    private static readonly string[] Instances = ["one", "two", "three", "four"];
    private static readonly int Rate = Math.Min(500, 100 * TestScale.Factor);
    private static readonly int Kills = TestScale.Factor;
    private static readonly int Crashes = (TestScale.Factor + 3) / 4;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(TestScale.Factor == 1 ? 8 : 30 * TestScale.Factor);

    // What keeps a writer from projecting its lines is in its errors, and should be seen.
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [Timeout(1_500_000, CooperativeCancellation = true)]
    public async Task Every_line_is_in_the_database_once_though_writers_are_killed_and_the_server_crashes()
    {
        // A server that other tests use must not crash.
        await using var server = StandInServer.Programs is null ? null : await StandInServer.StartAsync(Cancellation);
        using var store = SqlServerStore.Empty(server?.ConnectionString, keepsSessions: false);
        using var database = store.Open();
        await database.MigrateAsync(Cancellation);
        // All write before the time begins.
        var first = await Task.WhenAll(Instances.Select(instance => StartWriterAsync(store, instance)));
        var clock = Stopwatch.StartNew();
        var writers = Instances.Select((instance, i) => WriteAsync(store, instance, first[i], new Random(i), clock)).ToList();
        var queries = new TimedQueries(clock);
        var crashes = server is null ? Task.CompletedTask : CrashAsync(server, clock, queries);
        await QueryAsync(database, clock, queries);
        await Task.WhenAll([.. writers, crashes]);
        await CatchUpAsync(store);

        foreach (var instance in Instances)
        {
            await AssertWholeAsync(store, instance, "audit.log.json", "audit_events");
            await AssertWholeAsync(store, instance, "job_logs.json", "job_logs");
        }

        var events = await store.ReadTextAsync("SELECT COUNT(*) FROM audit_events");
        Assert.AreEqual(events, await store.ReadTextAsync("SELECT SUM(count) FROM audit_counts"));
        Assert.AreEqual(
            await store.ReadTextAsync("SELECT job_id, COUNT(*) FROM job_logs GROUP BY job_id ORDER BY job_id"),
            await store.ReadTextAsync("SELECT job_id, entries FROM jobs ORDER BY job_id"));
        TestContext.WriteLine(
            $"{Instances.Length} writers, {Rate} records/s each for {Duration.TotalSeconds:0} s, {Kills} kills each, "
            + $"{(server is null ? 0 : Crashes)} crashes of the server; {events} events, "
            + $"{await store.ReadTextAsync("SELECT COUNT(*) FROM job_logs")} entries; {queries.Summary()}");
    }

    /// <summary>Runs an instance until the end, and kills it in between, at random times.</summary>
    private async Task WriteAsync(SqlServerStore store, string instance, ChildProcess writer, Random random, Stopwatch clock)
    {
        var kills = Enumerable.Range(0, Kills).Select(_ => Duration * (0.1 + (0.8 * random.NextDouble()))).Order().ToList();
        foreach (var moment in kills)
        {
            await UntilAsync(moment, clock);
            await writer.KillAsync(Cancellation);
            await writer.DisposeAsync();
            writer = await StartWriterAsync(store, instance);
        }

        await UntilAsync(Duration, clock);
        writer.CloseInput();
        Assert.AreEqual(0, (await writer.EndAsync(Cancellation)).ExitCode);
        await writer.DisposeAsync();
    }

    private async Task<ChildProcess> StartWriterAsync(SqlServerStore store, string instance)
    {
        var writer = Start<RatedWriter>(store, instance, $"{Rate}");
        Assert.AreEqual(RatedWriter.Started, await writer.ReadLineAsync(Cancellation));
        return writer;
    }

    private async Task CrashAsync(StandInServer server, Stopwatch clock, TimedQueries queries)
    {
        for (var i = 1; i <= Crashes; i++)
        {
            await UntilAsync(Duration * i / (Crashes + 1), clock);
            queries.BeginOutage();
            await server.CrashAsync(Cancellation);
            queries.EndOutage();
        }
    }

    /// <summary>Queries what the page queries, until the end. Queries without a server do not count.</summary>
    private async Task QueryAsync(LoggingDatabase database, Stopwatch clock, TimedQueries queries)
    {
        var log = new AuditLog(database, new FixedReadYourWrites());
        for (var i = 0; clock.Elapsed < Duration || queries.Count == 0; i++)
        {
            var query = (i % 3) switch
            {
                0 => new AuditQuery(),
                1 => new AuditQuery { UserIds = [$"u{i % 50}"] },
                _ => new AuditQuery { EventTypes = ["user.login"], Descending = false },
            };
            var started = clock.Elapsed;
            try
            {
                await log.SearchAsync(query, Cancellation);
                queries.Add(started);
            }
            catch (DatabaseUnavailableException)
            {
                // The server is away.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>What a writer had not projected at its end is projected by its next start.</summary>
    private async Task CatchUpAsync(SqlServerStore store)
    {
        foreach (var instance in Instances)
        {
            if (await IsProjectedAsync(store, instance, "audit.log.json") && await IsProjectedAsync(store, instance, "job_logs.json"))
                continue;
            await using var next = Start<Application>(store, instance);
            Assert.AreEqual(Application.Started, await next.ReadLineAsync(Cancellation));
            await next.WriteLineAsync("project", Cancellation);
            Assert.AreEqual(Application.Logged, await next.ReadLineAsync(LongestCatchUp, Cancellation));
            next.CloseInput();
            Assert.AreEqual(0, (await next.EndAsync(Cancellation)).ExitCode);
        }
    }

    private async Task AssertWholeAsync(SqlServerStore store, string instance, string journal, string table)
    {
        var lines = LinesOf(instance, journal);
        Assert.AreEqual(
            $"{lines}|1|{lines}|{lines}",
            await store.ReadTextAsync(
                $"SELECT COUNT(*), MIN(r.seq), MAX(r.seq), MAX(j.seq) FROM {table} r JOIN journals j ON j.id = r.journal_id "
                + $"WHERE j.instance = '{instance}' AND j.name = '{journal}'"),
            $"{instance}, {table}: lines of the files, first and last row, checkpoint");
    }

    private async Task<bool> IsProjectedAsync(SqlServerStore store, string instance, string journal) =>
        await store.ReadTextAsync($"SELECT seq FROM journals WHERE instance = '{instance}' AND name = '{journal}'")
            == $"{LinesOf(instance, journal)}";

    private int LinesOf(string instance, string journal) =>
        Directory.GetFiles(Path.Combine(_folder.PathOf(instance), "logs"), $"{Path.GetFileNameWithoutExtension(journal)}*.json")
            .Sum(file => File.ReadLines(file).Count());

    private ChildProcess Start<TChild>(SqlServerStore store, string instance, params string[] arguments)
        where TChild : IChild
    {
        var folder = Directory.CreateDirectory(_folder.PathOf(instance)).FullName;
        return ChildProcess.Run<TChild>(
            folder,
            [
                .. arguments, $"--Logging:Zotify:Instance={instance}", "--Logging:Zotify:Database:Provider=SqlServer",
                $"--Logging:Zotify:Database:ConnectionString={store.ConnectionString}",
            ]);
    }

    private Task UntilAsync(TimeSpan moment, Stopwatch clock) =>
        moment > clock.Elapsed ? Task.Delay(moment - clock.Elapsed, TimeProvider.System, Cancellation) : Task.CompletedTask;
}
