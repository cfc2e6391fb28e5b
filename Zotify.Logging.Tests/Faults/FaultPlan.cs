namespace Zotify.Logging.Tests.Faults;

/// <summary>Chooses the faults from the calls of a run without faults. The choice depends only on the seed and on that run.</summary>
/// <param name="calls">The calls of that run.</param>
/// <param name="seed">Decides which of a step's calls fail, and how.</param>
internal sealed class FaultPlan(IReadOnlyList<TracedCall> calls, int seed)
{
    /// <summary>The highest number to try if no number of the plain run meets the step.</summary>
    private const int HighestOther = 16;

    /// <summary>How often the numbers of <see cref="FaultSpan.Often"/> are tried.</summary>
    private const int Rounds = 4;

    private readonly Random _random = new(seed);

    /// <summary>
    /// Errors and kills at each step, this many of each. A permanent failure of the journals' flushes, after which nothing may be
    /// acknowledged, is always among them.
    /// </summary>
    public IReadOnlyList<FaultCase> Cases(int ofEach)
    {
        var cases = new List<FaultCase>();
        foreach (var (step, index) in FaultSteps.All.Select((step, index) => (step, index)))
        {
            var numbers = NumbersOf(step);
            if (step.IsWhole) cases.Add(new FaultCase(step, "EIO", FaultSpan.Always, 1));
            for (var i = 0; i < ofEach; i++)
            {
                var error = step.Errors[_random.Next(step.Errors.Length)];
                var span = (FaultSpan)((index + i) % 4);
                // A call that is always interrupted is repeated for ever, which is right.
                if (error == "EINTR" && span == FaultSpan.Always) span = FaultSpan.Often;
                cases.Add(new FaultCase(step, error, span, Pick(numbers)));
                if (step.IsKilled) cases.Add(new FaultCase(step, null, FaultSpan.Once, Pick(numbers)));
            }
        }

        return [.. cases.Distinct()];
    }

    /// <summary>
    /// The case, and others to try if its thread makes fewer calls this time. A step that is any call of its name is met for certain where
    /// all calls fail. A step that comes after another call is not: where all calls fail, no start succeeds, and nothing comes to it. For
    /// such a step every fourth call fails, from each of the first four on. Each number of a call is among them; but the calls that fail
    /// before it are repeated, which moves it, so that one round may miss it.
    /// </summary>
    public IEnumerable<FaultCase> Attempts(FaultCase fault)
    {
        yield return fault;
        // A loaded machine gives the work to other threads than in the plain run, so that any number may be the right one.
        var others = NumbersOf(fault.Step).Concat(Enumerable.Range(1, HighestOther)).Distinct().Where(number => number != fault.Number);
        if (fault.Span != FaultSpan.Always)
        {
            foreach (var number in others) yield return fault with { Number = number };
        }

        if (fault.IsKill) yield break;
        fault = fault with { Error = fault.Step.Errors[0] };
        if (fault.Step.After.Length == 0)
        {
            yield return fault with { Span = FaultSpan.Always };
            yield break;
        }

        for (var attempt = 0; attempt < Rounds * FaultCase.OftenPeriod; attempt++)
            yield return fault with { Span = FaultSpan.Often, Number = 1 + (attempt % FaultCase.OftenPeriod) };
    }

    /// <summary>The numbers of a thread's calls that belong to the step, in a run that is traced only for this step.</summary>
    private List<int> NumbersOf(FaultStep step)
    {
        var counts = new Dictionary<(int, string), int>();
        var before = new Dictionary<int, string>();
        var numbers = new SortedSet<int>();
        foreach (var call in calls.Where(call => step.Watched.Contains(call.Name) && step.Files.Any(call.IsOn)))
        {
            var number = counts[(call.Thread, call.Name)] = counts.GetValueOrDefault((call.Thread, call.Name)) + 1;
            if (step.Matches(call with { Before = before.GetValueOrDefault(call.Thread) })) numbers.Add(number);
            before[call.Thread] = call.Name;
        }

        return [.. numbers];
    }

    // A thread of another run may make fewer calls, so the lower half is met more certainly.
    private int Pick(List<int> numbers) => numbers.Count == 0 ? 1 : numbers[_random.Next((numbers.Count + 1) / 2)];
}
