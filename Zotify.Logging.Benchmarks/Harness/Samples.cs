namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>The figures of all rounds, by contender. The median counts: on a shared machine, a mean depends on the other users.</summary>
internal sealed class Samples
{
    private readonly List<(string Contender, Figures Figures)> _runs = [];

    /// <summary>The contenders, in the order of their first run.</summary>
    public IReadOnlyList<string> Contenders => [.. _runs.Select(run => run.Contender).Distinct()];

    /// <summary>The names of the figures, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Names => [.. _runs.SelectMany(run => run.Figures.Keys).Distinct()];

    /// <summary>Adds a run.</summary>
    public void Add(string contender, Figures figures) => _runs.Add((contender, figures));

    /// <summary>The median of a contender's figure; not a number if it has none.</summary>
    public double Median(string contender, string name) => Median([.. Of(contender, name)]);

    /// <summary>The lowest median of a figure among contenders.</summary>
    public double Lowest(IEnumerable<string> contenders, string name) =>
        contenders.Select(contender => Median(contender, name)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

    /// <summary>The median of numbers.</summary>
    public static double Median(double[] values)
    {
        if (values.Length == 0) return double.NaN;
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private IEnumerable<double> Of(string contender, string name) =>
        _runs.Where(run => run.Contender == contender && run.Figures.ContainsKey(name)).Select(run => run.Figures[name]);
}
