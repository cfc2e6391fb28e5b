namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>A run of a measure: how often, how large, and where it prints.</summary>
/// <param name="Rounds">How often each contender has its turn.</param>
/// <param name="Scale">What the sizes are multiplied with; 1 is the size that the goals speak of.</param>
/// <param name="Output">Takes what a person reads.</param>
internal sealed record MeasureRun(int Rounds, double Scale, TextWriter Output)
{
    /// <summary>A size at the scale of this run.</summary>
    public int Of(int size) => Math.Max(1, (int)(size * Scale));

    /// <summary>Lets each contender have its turn in each round.</summary>
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
}
