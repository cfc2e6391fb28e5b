namespace Zotify.Logging.Database;

/// <summary>
/// What the index knows of a search: each condition is a list of codes of which a row that matches has at least one. For one search.
/// </summary>
internal sealed class TextConditions
{
    // Phrases may be long, but a few codes of each exclude nearly all that all of them exclude.
    private const int MostOfPhrase = 24;
    private const int MostOfSearch = 96;

    private readonly List<Condition> _all = [];

    /// <summary>Whether the index knows nothing: every row may match.</summary>
    public bool IsEmpty => _all.Count == 0;

    /// <summary>The conditions, those first that the fewest blocks have met so far.</summary>
    public List<uint[]> ByRarity()
    {
        var sorted = new List<Condition>();
        // Those that are as rare as each other keep their order.
        foreach (var condition in _all)
        {
            var at = sorted.Count;
            while (at > 0 && sorted[at - 1].Share > condition.Share) at--;
            sorted.Insert(at, condition);
        }

        return sorted.ConvertAll(condition => condition.AnyOf);
    }

    /// <summary>Requires a folded phrase. Ignores one that is shorter than a code.</summary>
    public void RequirePhrase(string phrase)
    {
        foreach (var gram in TextGrams.Of(phrase, MostOfPhrase)) Require([gram]);
    }

    /// <summary>Requires one of the values in a column.</summary>
    public void RequireValue(string column, string[] values) =>
        Require(Array.ConvertAll(values, value => TextGrams.OfValue(column, value)));

    /// <summary>Records how many of a run's blocks met a condition.</summary>
    public void Learn(uint[] anyOf, int size, int count)
    {
        var condition = _all.Find(known => known.AnyOf == anyOf)!;
        condition.Met += size;
        condition.Blocks += count;
    }

    private void Require(uint[] anyOf)
    {
        if (_all.Count < MostOfSearch && !_all.Exists(known => known.AnyOf.AsSpan().SequenceEqual(anyOf)))
            _all.Add(new Condition(anyOf));
    }

    private sealed class Condition(uint[] anyOf)
    {
        public uint[] AnyOf => anyOf;

        public long Met { get; set; }

        public long Blocks { get; set; }

        public double Share => Blocks == 0 ? 0 : (double)Met / Blocks;
    }
}
