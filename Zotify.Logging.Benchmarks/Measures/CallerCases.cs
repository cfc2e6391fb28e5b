using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The cost of calls with a classic template, a scope or an exception for their caller.</summary>
internal sealed class CallerCases : Measure
{
    public override string Name => "caller-cases";

    public override string Shows => "The same of a call by a classic template, with a scope, and with an exception.";

    public override int Rounds => 3;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var goals = new List<Goal>();
        foreach (var name in (string[])["template", "scope", "exception"])
        {
            var samples = await run.InterleaveChildrenAsync(
                ContenderList.Text.Select(c => c.Name), contender => Child.RunAsync<CallerCost>(contender, name));
            Table.Print(run, $"caller's time, {name}", samples, ContenderList.Text[0].Name);
            goals.AddRange(CallerGoals.Of(run, samples, name));
        }

        return goals;
    }
}
