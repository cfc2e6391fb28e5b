using System.Collections.Concurrent;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Faults;

/// <summary>
/// The real program, whose system calls fail, or which is killed in them, at every step: nothing acknowledged is lost, nothing is
/// there twice, and verification says what is so. By strace.
/// </summary>
[TestClass]
public sealed class SystemCallFaultTests
{
    private const int Seed = 20261130;

    /// <summary>Programs at a time: many wait for a pause of theirs, and not for a processor.</summary>
    private const int Parallel = 4;

    /// <summary>No program of a case takes so long, however loaded the machine is.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Of each step, so many errors and kills.</summary>
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
        var cases = FaultSteps.All.SelectMany(step => plan.CasesOf(step, OfEach)).ToList();
        var outcomes = new ConcurrentBag<FaultOutcome>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            cases.Select((fault, number) => (fault, number)),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = Cancellation },
            async (item, cancellation) => outcomes.Add(await RunAsync(item.fault, item.number, cancellation)));

        TestContext.WriteLine($"seed {Seed}\n{FaultOutcome.Table(outcomes)}");
        var problems = outcomes.SelectMany(outcome => outcome.Problems.Select(problem => $"{outcome.Case}: {problem}")).Order().ToList();
        Assert.AreEqual("", string.Join('\n', problems));
        var missed = FaultSteps.All.SelectMany(step => new[] { (step, true), (step, false) })
            .Except(outcomes.Where(outcome => outcome.Struck).Select(outcome => (outcome.Case.Step, outcome.Case.IsKill)));
        Assert.AreEqual("", string.Join('\n', missed.Select(miss => $"{miss.Item1} was not hit by {(miss.Item2 ? "SIGKILL" : "an error")}")));
    }

    /// <summary>What the program does where nothing fails.</summary>
    private async Task<IReadOnlyList<TracedCall>> PlainCallsAsync()
    {
        await using var folder = new CaseFolder();
        var watched = FaultSteps.All.SelectMany(step => step.Watched);
        var files = FaultSteps.All.SelectMany(step => step.Files).Distinct();
        var run = await TracedRun.RunAsync(folder, Strace.Command(folder.Logs, folder.Trace, watched, files, [], kills: false), Cancellation);
        Assert.IsTrue(run.IsDone, run.Error);
        Assert.AreEqual("", string.Join('\n', await new Aftermath(folder, run.Acknowledged, new Random(Seed)).FindProblemsAsync(Cancellation)));
        return run.Calls;
    }

    private static async Task<FaultOutcome> RunAsync(FaultCase fault, int number, CancellationToken cancellationToken)
    {
        var outcome = await TryAsync(fault, number, cancellationToken);
        // Its thread did not come so far: the first call of each does.
        return outcome.Struck || outcome.Problems.Count > 0 ? outcome : await TryAsync(fault with { When = fault.IsKill ? "1" : "1+3" }, number, cancellationToken);
    }

    private static async Task<FaultOutcome> TryAsync(FaultCase fault, int number, CancellationToken cancellationToken)
    {
        await using var folder = new CaseFolder();
        using var time = new CancellationTokenSource(Longest);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        var provoking = fault.Step.Provoked is null ? [] : new[] { "pwrite64" };
        var strace = Strace.Command(folder.Logs, folder.Trace, [.. fault.Step.Watched, .. provoking], fault.Step.Files, fault.Injections, fault.IsKill);
        try
        {
            var run = await TracedRun.RunAsync(folder, strace, either.Token);
            var problems = await new Aftermath(folder, run.Acknowledged, new Random(Seed + number)).FindProblemsAsync(either.Token);
            return new FaultOutcome(fault, fault.Struck(run.Calls), run.Calls.Count(call => call.IsInjected), run.Acknowledged, [.. problems, .. ProblemsOf(fault, run)]);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FaultOutcome(fault, Struck: true, 0, new Acknowledgements(), ["the program hangs"]);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new FaultOutcome(fault, Struck: true, 0, new Acknowledgements(), [exception.ToString()]);
        }
    }

    private static IEnumerable<string> ProblemsOf(FaultCase fault, TracedRun run)
    {
        if (!fault.Struck(run.Calls))
        {
            if (!run.IsDone) yield return $"it ended with {run.ExitCode}, and nothing was injected: {run.Error}";
            yield break;
        }

        if (fault.IsKill) yield break;
        if (run.ExitCode != 0 && !fault.IsTotal) yield return $"it ended with {run.ExitCode}: {run.Error}";
        if (!fault.Step.IsReported || !fault.Fails) yield break;
        if (Texts.TryGetValue(fault.Error!, out var text) && !run.Error.Contains(text, StringComparison.Ordinal)) yield return "its failure was not reported";
        if (fault.IsTotal && fault.Step.Files is ["audit.log.json"] && fault.Step.After.Length == 0 && run.Acknowledged.Events.Count > 0)
            yield return $"{run.Acknowledged.Events.Count} events were acknowledged, and none of them ever reached the disk";
    }
}
