using System.Globalization;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Queries;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>
/// Writers and the program that merges their logs, as processes that are killed at random. The figures are printed: a machine that others
/// use as well must not fail the test.
/// </summary>
[TestClass]
public sealed class ManyWritersTests
{
    private static readonly bool IsFull = TestScale.Factor > 1;
    private static readonly int Writers = IsFull ? 8 : 3;
    private static readonly int LinesPerSecond = IsFull ? 1_000 : 200;
    private static readonly int Kills = 10 * TestScale.Factor;
    private static readonly int MergingKills = 5 * TestScale.Factor / 2;
    private static readonly int Followers = 5 * TestScale.Factor;

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(24);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [Timeout(1_800_000, CooperativeCancellation = true)]
    public async Task Every_line_of_every_file_comes_once_a_source_and_by_time_whatever_is_killed()
    {
        await using var merging = new MergingProgram(_folder.Path, Writers);
        await merging.StartAsync(Cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var followers = Enumerable.Range(0, Followers).Select(i => new MergedFollower(() => merging.Url, checks: i < 2)).ToList();
        var following = followers.Select(follower => Task.Run(() => follower.RunAsync(end.Token))).ToList();
        await Task.WhenAll(followers.Select(follower => follower.Opened)).WaitAsync(Cancellation);
        var writers = new ChildProcess[Writers];
        for (var i = 0; i < Writers; i++) writers[i] = await StartWriterAsync(i, run: 0);
        int[] runs = new int[Writers];
        for (var kill = 1; kill <= Kills; kill++)
        {
            // Starting a program takes a processor for half a second: without a pause, nothing else would be measured.
            await WaitAsync(_random.Next(IsFull ? 2_000 : 300));
            if (kill * MergingKills / Kills > (kill - 1) * MergingKills / Kills)
            {
                await merging.KillAsync(Cancellation);
                await merging.StartAsync(Cancellation);
            }

            var which = _random.Next(Writers);
            await writers[which].KillAsync(Cancellation);
            await writers[which].DisposeAsync();
            writers[which] = await StartWriterAsync(which, ++runs[which]);
        }

        // A while without any kill, for the delays.
        await WaitAsync(4_000);
        followers[0].CalmDown();
        await WaitAsync(IsFull ? 30_000 : 2_000);
        merging.NoteMemory();
        foreach (var writer in writers)
        {
            writer.CloseInput();
            Assert.AreEqual(0, (await writer.EndAsync(Cancellation)).ExitCode);
            await writer.DisposeAsync();
        }

        var lines = new Dictionary<string, List<string>> { ["merging"] = await LinesOfAsync("merging/logs", 0) };
        for (var i = 0; i < Writers; i++) lines[$"writer-{i}"] = await LinesOfAsync($"writer-{i}", 0);
        var total = lines.Values.Sum(of => of.Count);
        while (followers.Any(follower => follower.Count < total)) await WaitAsync(20);
        await end.CancelAsync();
        await Task.WhenAll(following);
        foreach (var follower in followers) Assert.AreEqual(total, follower.Count);
        foreach (var follower in followers.Take(2))
        {
            foreach (var (name, of) in lines) CollectionAssert.AreEqual(of, follower.Reads.Of(name).ToList(), name);
        }

        var files = Directory.GetFiles(_folder.Path, "zotify_api*.log", SearchOption.AllDirectories).Length;
        var first = followers[0];
        TestContext.WriteLine(
            $"{Writers} writers at {LinesPerSecond}/s, {Kills} kills of writers, {MergingKills} of the merging program, {files} files, "
                + $"{total} lines, {Followers} followers, {first.Connections} connections of one: "
            + $"{first.Reads.Late} late; delay while programs are killed and started p50 {first.Delays.Quantile(0.5)} ms, "
            + $"p99 {first.Delays.Quantile(0.99)} ms, afterwards p50 {first.CalmDelays.Quantile(0.5)} ms, "
            + $"p99 {first.CalmDelays.Quantile(0.99)} ms; peak working set {merging.PeakMegabytes} MiB.");
    }

    private Task WaitAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, Cancellation);

    private async Task<ChildProcess> StartWriterAsync(int number, int run)
    {
        string[] settings =
        [
            $"Logging:Zotify:Directory=writer-{number}", $"Logging:Zotify:Instance=writer-{number}", "Logging:Zotify:Database:Provider=None",
            "Logging:Zotify:Handlers:System:MaxFileSize=262144", "Logging:Zotify:Handlers:System:RetainedFiles=1000",
        ];
        var writer = ChildProcess.Run<LineWriter>(
            _folder.Path,
            [
                LinesPerSecond.ToString(CultureInfo.InvariantCulture), run.ToString(CultureInfo.InvariantCulture),
                .. settings.Select(setting => $"--{setting}"),
            ]);
        Assert.AreEqual(LineWriter.Started, await writer.ReadLineAsync(Cancellation));
        return writer;
    }

    /// <summary>What is in the files of a directory, as a reader of it alone gets it.</summary>
    private async Task<List<string>> LinesOfAsync(string directory, int skip)
    {
        var tail = new SystemLogTail(_folder.PathOf($"{directory}/zotify_api.log"), TimeProvider.System, new FixedReadYourWrites());
        var query = new SystemLogQuery { Follow = false, Since = DateTimeOffset.MinValue };
        var lines = new List<string>();
        await foreach (var item in tail.ReadAsync(query, Cancellation)) lines.Add(((SystemLogEntry)item).Text);
        return lines[skip..];
    }
}
