using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Faults;

/// <summary>
/// The same program as in <see cref="SystemCallFaultTests"/>, on every system: a layer beneath the journals fails or loses power at
/// each step. Every run ends with the loss of what was not flushed.
/// </summary>
[TestClass]
public sealed class DiskFaultLayerTests
{
    private const int Seed = 20261130;

    /// <summary>Programs at a time: most wait for one of their timeouts, not for a processor.</summary>
    private const int Parallel = 16;

    /// <summary>This many cases of each step and fault.</summary>
    private static readonly int OfEach = Math.Min(3 * TestScale.Factor, 24);

    private const int MostRetries = 6;

    /// <summary>No program of a case takes that long, however loaded the machine is.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>A restoring that fails is retried after tenths of a second, then seconds.</summary>
    private static readonly TimeSpan LongestRestoring = TimeSpan.FromMinutes(1);

    private static readonly DiskFault[] Faults =
        [DiskFault.Fails, DiskFault.FailsForAWhile, DiskFault.FailsFromThenOn, DiskFault.LosesPower];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(1_800_000, CooperativeCancellation = true)]
    public async Task Nothing_acknowledged_is_lost_whichever_step_fails_or_is_the_last_one_before_the_power_is_lost()
    {
        var cases = CasesOf(await PlainAsync());
        var outcomes = new ConcurrentBag<(DiskCase Case, bool Struck, int Events, IReadOnlyList<string> Problems)>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            cases.Select((fault, number) => (fault, number)),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = Cancellation },
            async (item, cancellation) =>
            {
                foreach (var attempt in Attempts(item.fault))
                {
                    var (disk, events, problems) = await RunAsync(attempt, Seed + item.number, cancellation);
                    outcomes.Add((attempt, disk.Struck, events, problems));
                    if (disk.Struck || problems.Count > 0) break;
                }
            });

        var struck = outcomes.Where(outcome => outcome.Struck).ToList();
        var missing = outcomes.Count - struck.Count;
        TestContext.WriteLine($"seed {Seed}\n{struck.Count} cases, {missing} not hit; {struck.Sum(o => o.Events)} events acknowledged");
        foreach (var step in struck.GroupBy(outcome => outcome.Case.Step).OrderBy(step => step.Key))
        {
            var faults = step.GroupBy(o => o.Case.Fault).OrderBy(fault => fault.Key).Select(fault => $"{fault.Count()} {fault.Key}");
            TestContext.WriteLine($"{step.Key}: {string.Join(", ", faults)}");
        }

        var all = outcomes.SelectMany(outcome => outcome.Problems.Select(problem => $"{outcome.Case}: {problem}")).Order();
        Assert.AreEqual("", string.Join('\n', all));
        var missed = cases.Select(fault => (fault.Step, fault.Fault))
            .Except(struck.Select(outcome => (outcome.Case.Step, outcome.Case.Fault)));
        Assert.AreEqual("", string.Join('\n', missed), "not hit");
    }

    /// <summary>The case, and cases with its step's first calls, because the threads of a loaded machine may make fewer calls.</summary>
    private static IEnumerable<DiskCase> Attempts(DiskCase fault) =>
        Enumerable.Repeat(fault with { Number = 1 }, MostRetries).Prepend(fault);

    /// <summary>The steps of the program without a fault.</summary>
    private async Task<LayeredDisk> PlainAsync()
    {
        var (disk, _, problems) = await RunAsync(null, Seed, Cancellation);
        Assert.AreEqual("", string.Join('\n', problems));
        return disk;
    }

    private static List<DiskCase> CasesOf(LayeredDisk plain)
    {
        var random = new Random(Seed);
        var cases = new List<DiskCase>();
        foreach (var step in Enum.GetValues<DiskStep>())
        {
            var faults = step switch
            {
                DiskStep.Write => [.. Faults, DiskFault.FailsInPart],
                // If somebody deletes the file and cuts the power before it is restored, its lines are lost.
                DiskStep.Copy => [DiskFault.Fails, DiskFault.FailsForAWhile],
                _ => Faults,
            };
            foreach (var fault in faults)
            {
                // The provoked steps are rare; of the others, threads of another run may do fewer.
                var last = step is DiskStep.Cut or DiskStep.Copy ? 3 : Math.Max(1, plain.Count(step) * 3 / 4);
                cases.AddRange(Enumerable.Range(0, OfEach).Select(i => new DiskCase(step, fault, i == 0 ? 1 : random.Next(1, last + 1))));
            }
        }

        return [.. cases.Distinct()];
    }

    private static async Task<(LayeredDisk Disk, int Events, IReadOnlyList<string> Problems)> RunAsync(
        DiskCase? fault, int seed, CancellationToken cancellationToken)
    {
        await using var folder = new CaseFolder();
        var (disk, acknowledged, random) = (new LayeredDisk(fault), new Acknowledgements(), new Random(seed));
        try
        {
            var workload = new FaultWorkload(acknowledged.Add, _ => { }, isPatient: fault is null);
            await FaultedRuns.RunAsync(folder.Path, workload, BetweenAsync, logging =>
            {
                logging.UseDisk(disk.Open);
                logging.Services.AddSingleton(new SelfDiagnostics(TimeProvider.System, TextWriter.Null));
            }, RestoredAsync).WaitAsync(Longest, cancellationToken);
            disk = disk.LosePower(folder.Logs, random);
            var problems = await new Aftermath(folder, acknowledged, random).FindProblemsAsync(cancellationToken);
            return (disk, acknowledged.Events.Count, problems);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return (disk, acknowledged.Events.Count, [exception.ToString()]);
        }

        async Task RestoredAsync()
        {
            var began = TimeProvider.System.GetTimestamp();
            while (!disk.KeepFiles() && TimeProvider.System.GetElapsedTime(began) < LongestRestoring)
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        Task<bool> BetweenAsync()
        {
            disk = disk.LosePower(folder.Logs, random);
            folder.KeepCopy();
            folder.Damage();
            return Task.FromResult(true);
        }
    }
}
