namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>A run of a measure: its rounds, its scale and its output.</summary>
/// <param name="Rounds">How many times each contender runs.</param>
/// <param name="Scale">The factor for the sizes. The goals apply to 1.</param>
/// <param name="Output">Gets the text for people.</param>
internal sealed record MeasureRun(int Rounds, double Scale, TextWriter Output)
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
}
