using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Narrows a batch in which the database refuses a row down to the row's line: one half, then the other, each halved again
/// where it is refused. It remembers places in the journal, so that it goes on where it was when a session fails in between.
/// Not thread-safe.
/// </summary>
/// <param name="most">The most lines of a batch.</param>
internal sealed class BatchBisector(int most)
{
    // The numbers of the last lines of the parts that are still to be tried, the next one on top.
    private readonly Stack<long> _ends = new();

    /// <summary>How many lines to try after line <paramref name="seq"/>.</summary>
    public int LinesAfter(long seq)
    {
        while (_ends.TryPeek(out var end))
        {
            if (end > seq) return (int)Math.Min(most, end - seq);
            _ends.Pop();
        }

        return most;
    }

    /// <summary>The lines were refused, two or more of them.</summary>
    public void Halve(IReadOnlyList<JournalLine> lines)
    {
        if (!_ends.TryPeek(out var end) || end != lines[^1].Seq) _ends.Push(lines[^1].Seq);
        _ends.Push(lines[(lines.Count / 2) - 1].Seq);
    }
}
