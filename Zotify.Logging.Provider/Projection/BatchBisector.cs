using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Finds the line whose row the database refuses in a batch: it tries one half, then the other, and halves a refused part again. It
/// remembers the numbers of lines, so that it continues from there when a session fails in between. Not thread-safe.
/// </summary>
/// <param name="most">The most lines in a batch.</param>
internal sealed class BatchBisector(int most)
{
    // The last line of each part that is still to be tried; the next part is on top.
    private readonly Stack<long> _ends = new();

    /// <summary>Whether parts of a batch may still have to be tried.</summary>
    public bool IsHalving => _ends.Count > 0;

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

    /// <summary>Halves the rest after the database refused these lines, two or more.</summary>
    public void Halve(IReadOnlyList<JournalLine> lines)
    {
        if (!_ends.TryPeek(out var end) || end != lines[^1].Seq) _ends.Push(lines[^1].Seq);
        _ends.Push(lines[(lines.Count / 2) - 1].Seq);
    }
}
