using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Faults;

/// <summary>The rows of a segment are on the disk before the segment is deleted. Uses strace.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed partial class PrunedSegmentTests
{
    private const string Log = "zotify.db-wal";

    private static readonly string[] Flushes = ["fsync", "fdatasync"];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    public async Task A_power_failure_after_the_deletion_of_a_segment_loses_no_entry()
    {
        if (Strace.Missing is { } reason) Assert.Inconclusive(reason);
        await using var folder = new CaseFolder();
        var entries = await RunAsync(folder);
        var calls = SystemCallTrace.Read(folder.Trace);

        LosePower(folder, calls);
        var kept = Rows(folder).Concat(Lines(folder)).ToHashSet();
        Assert.AreEqual("", string.Join(' ', Enumerable.Range(1, entries).Except(kept)), "entries were lost");

        var renamed = IndexOf(calls, call => call.Name.StartsWith("rename", StringComparison.Ordinal) && call.IsOn(FaultStep.FirstJobs));
        var deleted = IndexOf(calls, call => call.Name.StartsWith("unlink", StringComparison.Ordinal) && call.IsOn(FaultStep.FirstJobs));
        // All entries of the segment were in the database when it was renamed.
        Assert.IsTrue(
            calls.Take(deleted).Skip(renamed).Any(IsFlush), "no flush of the write-ahead log between the roll and the deletion");
    }

    private static bool IsFlush(TracedCall call) => Flushes.Contains(call.Name) && call.IsOn(Log);

    private static int IndexOf(IReadOnlyList<TracedCall> calls, Func<TracedCall, bool> isIt) =>
        calls.Index().First(item => isIt(item.Item)).Index;

    /// <summary>Removes what was written after the last flush of the write-ahead log, and its index, which is made anew.</summary>
    private static void LosePower(CaseFolder folder, IReadOnlyList<TracedCall> calls)
    {
        var flushed = calls.Index().Where(item => IsFlush(item.Item)).Select(item => item.Index).DefaultIfEmpty(0).Last();
        var length = calls.Take(flushed).Where(call => call.Name == "pwrite64" && call.IsOn(Log)).Select(EndOf).DefaultIfEmpty(0).Max();
        using (var log = File.OpenHandle(Path.Combine(folder.Logs, Log), FileMode.Open, FileAccess.ReadWrite))
        {
            Assert.IsLessThanOrEqualTo(RandomAccess.GetLength(log), length);
            RandomAccess.SetLength(log, length);
        }

        File.Delete(Path.Combine(folder.Logs, "zotify.db-shm"));
    }

    private static long EndOf(TracedCall write)
    {
        var place = Place().Match(write.Arguments);
        return long.Parse(place.Groups["length"].ValueSpan, CultureInfo.InvariantCulture)
            + long.Parse(place.Groups["offset"].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static List<int> Rows(CaseFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Logs, "zotify.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT message FROM job_logs";
        using var reader = command.ExecuteReader();
        var steps = new List<int>();
        while (reader.Read()) steps.Add(StepOf(reader.GetString(0)));
        return steps;
    }

    private static IEnumerable<int> Lines(CaseFolder folder) =>
        Directory.GetFiles(folder.Logs, "job_logs*.json").SelectMany(File.ReadLines).Select(StepOf);

    private static int StepOf(string text) => int.Parse(Step().Match(text).Groups["n"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@", (?<length>\d+), (?<offset>\d+)(\)| <)", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();

    [GeneratedRegex(@"does step (?<n>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();

    private async Task<int> RunAsync(CaseFolder folder)
    {
        string[] watched = ["pwrite64", .. Flushes, "rename", "renameat", "renameat2", "unlink", "unlinkat"];
        string[] files = ["", Log, "zotify.db", "job_logs.json", FaultStep.FirstJobs];
        // A process that is killed must receive the signal, as with a fault that kills.
        var strace = Strace.Command(folder.Logs, folder.Trace, watched, files, injections: [], kills: true);
        await using var program = ChildProcess.RunThrough<PrunedJobs>(
            strace, folder.Path, Path.Combine(folder.Logs, FaultStep.FirstJobs));
        var entries = int.Parse(await program.ReadLineAsync(Cancellation), CultureInfo.InvariantCulture);
        program.CloseInput();
        await program.EndAsync(Cancellation);
        return entries;
    }
}
