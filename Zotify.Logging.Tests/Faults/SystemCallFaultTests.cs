using System.Collections.Concurrent;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Faults;

/// <summary>
/// The real program fails or is killed at every kind of system call: nothing acknowledged is lost or doubled, and verification is right.
/// Uses strace.
/// </summary>
[TestClass]
public sealed class SystemCallFaultTests
{
    private const int Seed = 20261130;

    /// <summary>The exit code of a program that SIGKILL ended.</summary>
    private const int Killed = 128 + 9;

    /// <summary>Programs at a time: many wait for one of their pauses, not for a processor.</summary>
    private const int Parallel = 6;

    /// <summary>No program of a case takes that long, however loaded the machine is.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>This many errors and kills of each step.</summary>
    private static readonly int OfEach = Math.Min(TestScale.Factor, 4);

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["EIO"] = "Input/output error",
        ["ENOSPC"] = "No space left",
    };

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(1_800_000, CooperativeCancellation = true)]
    public async Task Nothing_acknowledged_is_lost_whichever_system_call_fails_or_is_the_last_one()
    {
        if (Strace.Missing is { } reason) Assert.Inconclusive(reason);
        var plan = new FaultPlan(await PlainCallsAsync(), Seed);
        var outcomes = new ConcurrentBag<FaultOutcome>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            plan.Cases(OfEach).Select((fault, number) => (fault, number)),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = Cancellation },
            async (item, cancellation) =>
            {
                foreach (var attempt in plan.Attempts(item.fault))
                {
                    var outcome = await RunAsync(attempt, Seed + item.number, cancellation);
                    outcomes.Add(outcome);
                    if (outcome.Struck == item.fault.Step || outcome.Problems.Count > 0) break;
                }
            });

        TestContext.WriteLine($"seed {Seed}\n{FaultOutcome.Table(outcomes)}");
        var problems = outcomes.SelectMany(outcome => outcome.Problems.Select(problem => $"{outcome.Case}: {problem}")).Order().ToList();
        Assert.AreEqual("", string.Join('\n', problems));
        var missed = FaultSteps.All.SelectMany(step => new[] { (step, step.IsKilled), (step, false) }).Distinct()
            .Except(outcomes.Where(outcome => outcome.Struck is not null).Select(outcome => (outcome.Struck!, outcome.Case.IsKill)));
        var gaps = missed.Select(miss => $"{miss.Item1} was not hit by {(miss.Item2 ? "SIGKILL" : "an error")}");
        Assert.AreEqual("", string.Join('\n', gaps));
    }

    /// <summary>The calls of the program without a fault.</summary>
    private async Task<IReadOnlyList<TracedCall>> PlainCallsAsync()
    {
        await using var folder = new CaseFolder();
        var watched = FaultSteps.All.SelectMany(step => step.Watched);
        var files = FaultSteps.All.SelectMany(step => step.Files).Distinct();
        var strace = Strace.Command(folder.Logs, folder.Trace, watched, files, injections: [], kills: false);
        var run = await TracedRun.RunAsync(folder, strace, [FaultedProgram.AwaitsPruning, FaultedProgram.IsPatient], Cancellation);
        Assert.IsTrue(run.IsDone, run.Error);
        var problems = await new Aftermath(folder, run.Acknowledged, new Random(Seed)).FindProblemsAsync(Cancellation);
        Assert.AreEqual("", string.Join('\n', problems));
        return run.Calls;
    }

    private static async Task<FaultOutcome> RunAsync(FaultCase fault, int seed, CancellationToken cancellationToken)
    {
        await using var folder = new CaseFolder();
        using var time = new CancellationTokenSource(Longest);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        var watched = fault.Step.Provoked is null ? fault.Step.Watched : [.. fault.Step.Watched, "pwrite64"];
        var strace = Strace.Command(folder.Logs, folder.Trace, watched, fault.Step.Files, fault.Injections, fault.IsKill);
        try
        {
            string[] arguments = fault.Step.IsPruning ? [FaultedProgram.AwaitsPruning] : [];
            var run = await TracedRun.RunAsync(folder, strace, arguments, either.Token);
            var struck = fault.Struck(run.Calls);
            var problems = await new Aftermath(folder, run.Acknowledged, new Random(seed)).FindProblemsAsync(either.Token);
            var failed = run.Calls.Count(call => call.IsInjected);
            return new FaultOutcome(fault, struck, failed, run.Acknowledged, [.. problems, .. ProblemsOf(fault, struck, run)]);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FaultOutcome(fault, null, 0, new Acknowledgements(), ["the program hangs"]);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new FaultOutcome(fault, null, 0, new Acknowledgements(), [exception.ToString()]);
        }
    }

    private static IEnumerable<string> ProblemsOf(FaultCase fault, FaultStep? struck, TracedRun run)
    {
        if (fault.IsKill && run.ExitCode == Killed) yield break;
        if (!run.IsDone || run.ExitCode != 0) yield return $"it ended with {run.ExitCode}: {run.Error}";
        if (struck != fault.Step || !fault.Fails) yield break;
        if (struck.IsReported && Texts.TryGetValue(fault.Error!, out var text) && !run.Error.Contains(text, StringComparison.Ordinal))
            yield return "its failure was not reported";
        var safe = struck.Files is ["audit.log.json"] ? run.Acknowledged.Events : run.Acknowledged.Entries;
        if (fault.IsTotal && struck.IsWhole && safe.Count > 0)
            yield return $"{safe.Count} were acknowledged, and none of them reached the disk";
    }
}
