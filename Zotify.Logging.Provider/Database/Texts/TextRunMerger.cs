namespace Zotify.Logging.Database;

/// <summary>Merges the pages of small runs into those of a large one, without reading the rows again.</summary>
internal static class TextRunMerger
{
    /// <summary>Merges runs.</summary>
    /// <param name="runs">The small runs, each with its pages, in order.</param>
    /// <param name="firstSeq">The first number of the large run.</param>
    /// <param name="lastSeq">The last number of the large run.</param>
    public static (IReadOnlyList<byte[]> Pages, byte[] Firsts) Merge(
        IReadOnlyList<(TextRun Run, IReadOnlyList<TextPage> Pages)> runs, long firstSeq, long lastSeq)
    {
        var blockRows = runs[0].Run.BlockRows;
        var merged = new TextBlocks((int)((lastSeq - firstSeq) / blockRows) + 1);
        var output = new TextPagesWriter(lastSeq);
        // The next code of each run, the lowest first.
        var next = new PriorityQueue<Cursor, uint>();
        foreach (var (run, pages) in runs)
        {
            var cursor = new Cursor(run, pages, (int)((run.FirstSeq - firstSeq) / blockRows) / TextBlocks.WordBits);
            if (cursor.Grams.MoveNext()) next.Enqueue(cursor, cursor.Grams.Current);
        }

        while (next.TryPeek(out _, out var gram))
        {
            merged.Clear();
            while (next.TryPeek(out var cursor, out var same) && same == gram)
            {
                next.Dequeue();
                cursor.Blocks.Words.CopyTo(merged.Words[cursor.FirstWord..]);
                if (cursor.Grams.MoveNext()) next.Enqueue(cursor, cursor.Grams.Current);
            }

            output.Add(gram, merged);
        }

        return output.End();
    }

    /// <summary>Reads the codes of a run in order.</summary>
    private sealed class Cursor
    {
        public Cursor(TextRun run, IReadOnlyList<TextPage> pages, int firstWord)
        {
            FirstWord = firstWord;
            Blocks = new TextBlocks(run.Blocks);
            Grams = pages.SelectMany(page => page.All(Blocks)).GetEnumerator();
        }

        /// <summary>Where the run's blocks begin in the large run.</summary>
        public int FirstWord { get; }

        public TextBlocks Blocks { get; }

        public IEnumerator<uint> Grams { get; }
    }
}
