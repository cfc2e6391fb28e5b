using System.Runtime.InteropServices;

namespace Zotify.Logging.Database;

/// <summary>
/// Estimates the frequency of trigrams from a sample of texts. It makes searches faster, and does not change their results. Thread-safe.
/// </summary>
internal sealed class SqliteTextSample
{
    // The number of events that have a trigram, and the number of the last such event.
    private readonly Dictionary<(char, char, char), (int Count, int Last)> _grams = [];
    private readonly int _events;

    /// <param name="events">The texts of each event.</param>
    /// <param name="lastRow">The last row of the table.</param>
    public SqliteTextSample(IEnumerable<string[]> events, long lastRow)
    {
        LastRow = lastRow;
        foreach (var texts in events)
        {
            _events++;
            foreach (var text in texts) Add(text);
        }
    }

    /// <summary>The last row of the table when the sample was read.</summary>
    public long LastRow { get; }

    /// <summary>The estimated share of the events that have a trigram. Never zero, because events outside the sample may have it.</summary>
    public double ShareOf(string gram)
    {
        var folded = gram.ToUpperInvariant();
        // For letters that need two chars, there is no estimate.
        var count = folded is [var first, var second, var third] ? _grams.GetValueOrDefault((first, second, third)).Count : 0;
        return (count + 1.0) / (_events + 1.0);
    }

    private void Add(string text)
    {
        var folded = text.ToUpperInvariant();
        for (var i = 2; i < folded.Length; i++)
        {
            ref var gram = ref CollectionsMarshal.GetValueRefOrAddDefault(_grams, (folded[i - 2], folded[i - 1], folded[i]), out _);
            if (gram.Last != _events) gram = (gram.Count + 1, _events);
        }
    }
}
