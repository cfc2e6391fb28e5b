using System.Runtime.InteropServices;

namespace Zotify.Logging.Database;

/// <summary>
/// How frequent trigrams are in a sample of texts. It makes searches faster, and does not change what they find. Thread-safe.
/// </summary>
internal sealed class SqliteTextSample
{
    // How many events have a trigram, and the number of the last of them.
    private readonly Dictionary<(char, char, char), (int Count, int Last)> _grams = [];
    private readonly int _events;

    /// <param name="events">The texts of each event.</param>
    /// <param name="lastRow">The last row that there was.</param>
    public SqliteTextSample(IEnumerable<string[]> events, long lastRow)
    {
        LastRow = lastRow;
        foreach (var texts in events)
        {
            _events++;
            foreach (var text in texts) Add(text);
        }
    }

    /// <summary>The last row that there was when it was taken.</summary>
    public long LastRow { get; }

    /// <summary>Roughly the share of the events that have a trigram; never zero, for there may be others.</summary>
    public double ShareOf(string gram)
    {
        var folded = gram.ToUpperInvariant();
        // Of letters that are more than a char, nothing is known.
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
