namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>A run of a measure: its rounds, its scale and its output.</summary>
/// <param name="Rounds">How many times each contender runs.</param>
/// <param name="Scale">The factor for the sizes. The goals apply to 1.</param>
/// <param name="Output">Gets the text for people.</param>
/// <param name="Meetings">Gets the figures as an application meets them.</param>
/// <param name="Older">An older version to measure side by side, if there is one.</param>
internal sealed record MeasureRun(int Rounds, double Scale, TextWriter Output, ICollection<Meeting> Meetings, OlderBuild? Older)
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

    /// <summary>
    /// Runs each contender once in each round, in processes of their own: this project's also in its older version, if there is one.
    /// </summary>
    /// <param name="contenders">The names of the contenders.</param>
    /// <param name="once">Runs a contender in a child process.</param>
    public async Task<Samples> InterleaveChildrenAsync(IEnumerable<string> contenders, Func<string, Task<Figures>> once)
    {
        (string Name, bool IsOlder)[] all =
        [
            .. contenders.SelectMany(name => Older is not null && name.StartsWith("Zotify", StringComparison.Ordinal)
                ? new[] { (name, false), (name, true) } : [(name, false)])
        ];
        return await InterleaveAsync(
            all,
            run => run.IsOlder ? OlderBuild.NameOf(run.Name) : run.Name,
            run => run.IsOlder ? OfOlderAsync(run.Name, once) : once(run.Name));
    }

    private async Task<Figures> OfOlderAsync(string name, Func<string, Task<Figures>> once)
    {
        using var _ = Child.UseProgram(Older!.Program);
        try
        {
            return await once(name);
        }
        catch (InvalidOperationException exception)
        {
            await Output.WriteLineAsync($"\n{OlderBuild.NameOf(name)} cannot run this: {exception.Message.Split('\n')[0]}");
            return [];
        }
    }
}
