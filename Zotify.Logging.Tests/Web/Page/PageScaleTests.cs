using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>
/// The page over large logs, and under many lines. The figures are printed: a machine that others use as well must not fail the test.
/// </summary>
[TestClass]
public sealed class PageScaleTests
{
    private const int LinesABatch = 100;
    private const int LinesASecond = 3_000;

    private static readonly int Events = 2_500 * TestScale.Factor * TestScale.Factor;
    private static readonly int Jobs = 25 * TestScale.Factor * TestScale.Factor;
    private static readonly int Lines = 5_500 * TestScale.Factor;
    private static readonly TimeSpan BatchEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Ten minutes at full size.</summary>
    private static readonly TimeSpan Following = TimeSpan.FromSeconds(Math.Min(600, 6 * TestScale.Factor));

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DoNotParallelize] // It measures times.
    [Timeout(1_800_000, CooperativeCancellation = true)]
    public async Task The_views_of_large_logs_are_soon_usable()
    {
        await using var server = new TestServer();
        using (var database = new LoggingDatabase(new DatabaseOptions(), server.PathOf("logs"), [new SqliteEngineFactory()]))
            await AuditHistory.WriteAsync(database, Events, Cancellation);
        await server.StartAsync(Cancellation);
        for (var i = 0; i < Jobs; i++)
            new JobLogger(server.Logger("Tests"), $"job-{i}", "import")
                .LogInformation(new EventId(2, "job.completed"), "Row {Done}/{Total} imported", 100, 100);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server);
        (string Address, string IsUsable)[] views =
        [
            ("/", "document.querySelectorAll('.row').length > 20"),
            ("/audit", "document.querySelectorAll('tbody tr').length === 50"),
            ("/audit?from=7d", "document.querySelectorAll('tbody tr').length > 0 && document.querySelectorAll('.bars button').length > 0 "
                + "&& document.querySelectorAll('.facets li').length > 0"),
            ("/audit?q=percentword", "document.querySelectorAll('tbody tr').length >= 25"),
            ("/jobs", $"document.querySelectorAll('.job-list li').length >= {Math.Min(50, Jobs)}"),
        ];
        foreach (var (address, isUsable) in views)
        {
            await open.Page.GotoAsync(address);
            await open.HoldsAsync(isUsable);
            // The time since the navigation began.
            TestContext.WriteLine(
                $"{address}, {Events} audit events and {Jobs} jobs: usable after "
                    + $"{await open.Page.EvaluateAsync<int>("Math.round(performance.now())")} ms.");
        }
    }

    [TestMethod]
    [DoNotParallelize] // It measures times.
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task Many_lines_a_second_are_all_shown_and_the_list_stays_smooth()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.IsLiveAsync();
        await open.Page.EvaluateAsync(
            "() => { window.longTasks = []; new PerformanceObserver(list => longTasks.push(...list.getEntries().map(entry => "
                + "Math.round(entry.duration)))).observe({ type: 'longtask' }); }");
        await LogAsync(server);
        await open.ShowsAsync($"Line {Lines - 1}.");
        await ReportAsync(open, $"{Lines} lines at {LinesABatch / BatchEvery.TotalSeconds:0} a second");

        await open.Page.EvaluateAsync(
            """
            async () => {
              longTasks.length = 0;
              const viewport = document.querySelector('.viewport');
              for (let i = 1; i <= 100; i++) {
                viewport.scrollTop = viewport.scrollHeight * (i * 37 % 100) / 100;
                await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
              }
            }
            """);
        await ReportAsync(open, $"100 leaps over {Math.Min(Lines, 100_000)} lines");
        Assert.IsLessThan(1_000, await open.Page.EvaluateAsync<int>("document.querySelectorAll('.row').length"));
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task Following_beyond_what_the_list_keeps_shows_no_blank_frame()
    {
        // So many lines at once do not all fit into the queue, and the last one must come.
        await using var server = await new TestServer
        {
            Settings = [TestServer.WithoutRequests, "Logging:Zotify:Handlers:System:Overflow=Wait"],
        }.StartAsync(Cancellation);
        var logger = server.Logger("Tests");
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.IsLiveAsync();
        // As many lines as the list keeps, and then more in batches of several blocks.
        for (var i = 0; i < 100_000; i++) logger.LogInformation("Line {Number}.", i);
        await open.ShowsAsync("Line 99999.");
        await CountFramesAsync(open);
        for (var batch = 0; batch < 20; batch++)
        {
            for (var i = 0; i < 1_000; i++) logger.LogInformation("Batch {Batch} line {Number}.", batch, i);
            await open.ShowsAsync($"Batch {batch} line 999.");
        }

        await AssertNoBlankFrameAsync(open);
        open.AssertNoComplaints();
    }

    [TestMethod]
    [DoNotParallelize] // It measures the heap.
    [Timeout(1_800_000, CooperativeCancellation = true)]
    public async Task Following_for_long_shows_no_blank_frame_and_keeps_the_heap_flat()
    {
        await using var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.IsLiveAsync();
        var logged = await FollowAsync(server, open, 0, TimeSpan.FromMilliseconds(100));
        await CountFramesAsync(open);
        logged = await FollowAsync(server, open, logged, Following / 2);
        var half = await HeapAsync(open);
        logged = await FollowAsync(server, open, logged, Following / 2);
        var end = await HeapAsync(open);

        TestContext.WriteLine(
            $"{logged} lines in {Following.TotalSeconds:0} s; heap {half >> 20} MiB after a half, {end >> 20} MiB at the end");
        await AssertNoBlankFrameAsync(open);
        // In a short run, the list is not full at the half.
        if (logged > 400_000) Assert.IsLessThan(half * 1.2, end);
        open.AssertNoComplaints();
    }

    /// <summary>Logs 3,000 lines a second, and returns when the page shows the last.</summary>
    private async Task<int> FollowAsync(TestServer server, OpenPage open, int first, TimeSpan duration)
    {
        var logger = server.Logger("Tests");
        using var pace = new PeriodicTimer(BatchEvery, TimeProvider.System);
        var next = first;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration; await pace.WaitForNextTickAsync(Cancellation))
            for (; next - first < clock.Elapsed.TotalSeconds * LinesASecond; next++) logger.LogInformation("Line {Number}.", next);
        await open.ShowsAsync($"Line {next - 1}.");
        return next;
    }

    /// <summary>The bytes of the page's heap after its garbage was collected.</summary>
    private static async Task<long> HeapAsync(OpenPage open)
    {
        var session = await open.Page.Context.NewCDPSessionAsync(open.Page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        var heap = await session.SendAsync("Runtime.getHeapUsage");
        await session.DetachAsync();
        return heap!.Value.GetProperty("usedSize").GetInt64();
    }

    private static async Task CountFramesAsync(OpenPage open) => await open.Page.EvaluateAsync(
        """
        () => {
          window.frames = { all: 0, blank: 0 };
          const look = () => {
            const { top, bottom } = document.querySelector('.viewport').getBoundingClientRect();
            const isSeen = row => row.getBoundingClientRect().bottom > top && row.getBoundingClientRect().top < bottom;
            frames.all++;
            if (![...document.querySelectorAll('.row')].some(isSeen)) frames.blank++;
            requestAnimationFrame(look);
          };
          look();
        }
        """);

    private async Task AssertNoBlankFrameAsync(OpenPage open)
    {
        // A busy machine draws few.
        await open.HoldsAsync("frames.all > 20");
        var frames = await open.Page.EvaluateAsync<int[]>("[frames.blank, frames.all]");
        TestContext.WriteLine($"{frames[0]} of {frames[1]} frames were blank.");
        Assert.AreEqual(0, frames[0]);
    }

    private async Task LogAsync(TestServer server)
    {
        var logger = server.Logger("Tests");
        using var pace = new PeriodicTimer(BatchEvery, TimeProvider.System);
        for (var i = 0; i < Lines; i++)
        {
            logger.LogInformation("Line {Number}.", i);
            if ((i + 1) % LinesABatch == 0) await pace.WaitForNextTickAsync(Cancellation);
        }
    }

    private async Task ReportAsync(OpenPage open, string what)
    {
        var tasks = await open.Page.EvaluateAsync<int[]>("longTasks");
        var memory = await open.Page.EvaluateAsync<long>("performance.memory.usedJSHeapSize");
        TestContext.WriteLine(
            $"{what}: {tasks.Length} tasks over 50 ms, the longest {tasks.DefaultIfEmpty().Max()} ms; heap {memory / 1024 / 1024} MiB.");
    }
}
