namespace Zotify.Logging.Tests.Faults;

/// <summary>Chooses the faults by what a run without any did. The choice depends on the seed and on that run alone.</summary>
/// <param name="calls">The calls of that run.</param>
/// <param name="seed">Decides which of a step's calls fail, and how.</param>
internal sealed class FaultPlan(IReadOnlyList<TracedCall> calls, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Errors and kills at a step, so many of each.</summary>
    public IEnumerable<FaultCase> CasesOf(FaultStep step, int count)
    {
        var numbers = NumbersOf(step);
        for (var i = 0; i < count; i++) yield return new FaultCase(step, step.Errors[i % step.Errors.Length], When(Pick(numbers, i), i));
        for (var i = 0; i < count; i++) yield return new FaultCase(step, null, $"{Pick(numbers, i)}");
    }

    /// <summary>Which of a thread's calls belong to the step. strace counts them for each thread and call, on the watched files alone.</summary>
    public IReadOnlyList<int> NumbersOf(FaultStep step)
    {
        var counts = new Dictionary<(int, string), int>();
        var numbers = new SortedSet<int>();
        foreach (var call in calls.Where(call => step.Calls.Contains(call.Name) && step.Files.Any(call.IsOn)))
        {
            var number = counts[(call.Thread, call.Name)] = counts.GetValueOrDefault((call.Thread, call.Name)) + 1;
            if (step.Matches(call)) numbers.Add(number);
        }

        return [.. numbers];
    }

    // A thread of another run may make fewer calls: the lower half is met more surely.
    private int Pick(IReadOnlyList<int> numbers, int i)
    {
        if (numbers.Count == 0) return 1;
        return i == 0 ? numbers[0] : numbers[_random.Next((numbers.Count + 1) / 2)];
    }

    private string When(int first, int i) => (i % 4) switch
    {
        0 => $"{first}+{_random.Next(3, 6)}",
        1 => $"{first}..{first + 2}",
        2 => "1+",
        _ => $"{first}",
    };
}
