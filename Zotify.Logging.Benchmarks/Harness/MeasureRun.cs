using System.Globalization;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>A run of a measure: its rounds, its scale and its output.</summary>
/// <param name="Rounds">How many times each contender runs.</param>
/// <param name="Scale">The factor for the sizes. The goals apply to 1.</param>
/// <param name="Output">Gets the text for people.</param>
/// <param name="Meetings">Gets the figures as an application meets them.</param>
/// <param name="Regressions">Gets the figures that are worse than those of the older version.</param>
/// <param name="Older">An older version to measure side by side, if there is one.</param>
internal sealed record MeasureRun(
    int Rounds, double Scale, TextWriter Output, ICollection<Meeting> Meetings, ICollection<Regression> Regressions, OlderBuild? Older)
{
    /// <summary>A size at the scale of this run.</summary>
    public int Of(int size) => Math.Max(1, (int)(size * Scale));

    /// <summary>Runs each contender once in each round.</summary>
    public async Task<Samples> InterleaveAsync<T>(IEnumerable<T> contenders, Func<T, string> name, Func<T, Task<Figures>> once)
    {
        var all = contenders.ToArray();
        var samples = new Samples();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in all) samples.Add(name(contender), await once(contender));
        }

        return samples;
    }

    /// <inheritdoc cref="InterleaveChildrenAsync(IEnumerable{string}, Func{string, OlderBuild?, Task{Figures}})"/>
    public Task<Samples> InterleaveChildrenAsync(IEnumerable<string> contenders, Func<string, Task<Figures>> once) =>
        InterleaveChildrenAsync(contenders, (name, _) => once(name));

    /// <summary>
    /// Runs each contender once in each round, in processes of their own: this project's also in its older version, if there is one.
    /// </summary>
    /// <param name="contenders">The names of the contenders.</param>
    /// <param name="once">Runs a contender in a child process, of this version or of the older one.</param>
    public async Task<Samples> InterleaveChildrenAsync(IEnumerable<string> contenders, Func<string, OlderBuild?, Task<Figures>> once)
    {
        (string Name, OlderBuild? Build)[] all =
        [
            .. contenders.SelectMany(name => Older is not null && name.StartsWith("Zotify", StringComparison.Ordinal)
                ? new[] { (name, null), (name, Older) } : [(name, null)])
        ];
        var unable = new HashSet<string>();
        return await InterleaveAsync(
            all,
            run => run.Build is null ? run.Name : OlderBuild.NameOf(run.Name),
            run => run.Build is null ? once(run.Name, null) : OfOlderAsync(run.Name, run.Build, once, unable));
    }

    private async Task<Figures> OfOlderAsync(
        string name, OlderBuild older, Func<string, OlderBuild?, Task<Figures>> once, HashSet<string> unable)
    {
        if (unable.Contains(name)) return [];
        using var _ = Child.UseProgram(older.Program);
        try
        {
            return await once(name, older);
        }
        catch (InvalidOperationException exception)
        {
            unable.Add(name);
            var lines = exception.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(2);
            await Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"\n{OlderBuild.NameOf(name)} cannot run this: {string.Join(' ', lines)}"));
            return [];
        }
    }
}
