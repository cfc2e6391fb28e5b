namespace Zotify.Logging.Database;

/// <summary>
/// Finds the blocks of runs that may have rows that match: it intersects the blocks of the rarest codes. Used by one thread at a time.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="conditions">What the index knows of the search.</param>
internal sealed class TextCandidateFinder(LoggingConnection connection, TextConditions conditions)
{
    // A page costs less than a block's rows. After some conditions, the others exclude hardly anything.
    private const int AtOnce = 4;
    private const int Most = 12;

    private readonly TextRunTable _runs = new(connection);
    private bool _isFirst = true;

    /// <summary>The candidates of some runs, in no order. Runs that are not indexed are candidates as a whole.</summary>
    public async Task<List<TextCandidate>> FindAsync(IReadOnlyList<TextRun> runs, CancellationToken cancellationToken)
    {
        var found = new List<TextCandidate>();
        var left = new List<RunBlocks>();
        foreach (var run in runs)
        {
            if (run.Pages is null) found.Add(Whole(run));
            else left.Add(new RunBlocks(run));
        }

        // The first run shows how rare each condition is.
        var (most, atOnce) = _isFirst ? (int.MaxValue, int.MaxValue) : (Most, AtOnce);
        var order = conditions.ByRarity();
        _isFirst = _isFirst && left.Count == 0;
        for (var at = 0; at < Math.Min(order.Count, most) && left.Count > 0;)
        {
            var some = order.GetRange(at, Math.Min(atOnce, order.Count - at));
            at += some.Count;
            var keys = new HashSet<TextPageKey>();
            foreach (var run in left)
            {
                foreach (var anyOf in some) run.AddPagesOf(anyOf, keys);
            }

            var pages = await _runs.ReadPagesAsync(keys, cancellationToken).ConfigureAwait(false);
            left.RemoveAll(run => !Intersect(run, some, pages, found));
        }

        await AddAsync(found, left, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Returns whether some blocks are left that are not among the candidates.</summary>
    private bool Intersect(
        RunBlocks run, List<uint[]> some, Dictionary<TextPageKey, byte[]> pages, List<TextCandidate> found)
    {
        foreach (var anyOf in some)
        {
            if (run.Find(anyOf, pages) is not { } blocks)
            {
                // The run was merged or extended after it was read, so its rows are compared.
                found.Add(Whole(run.Run));
                return false;
            }

            conditions.Learn(anyOf, blocks.Size, blocks.Count);
            run.Left.IntersectWith(blocks);
            if (run.Left.Size == 0) return false;
        }

        return true;
    }

    private async Task AddAsync(List<TextCandidate> found, List<RunBlocks> left, CancellationToken cancellationToken)
    {
        var pages = await _runs.ReadPagesAsync(left.ConvertAll(run => TimesOf(run.Run)), cancellationToken).ConfigureAwait(false);
        foreach (var blocks in left)
        {
            var run = blocks.Run;
            var times = pages.TryGetValue(TimesOf(run), out var data) ? TextBlockTimes.Read(data, run.LastSeq, run.Blocks) : null;
            if (times is null)
            {
                found.Add(Whole(run));
                continue;
            }

            foreach (var block in blocks.Left.All())
            {
                // Without a time, the block has no rows.
                if (times[block] is not var (earliest, latest)) continue;
                var (first, last) = run.RowsOf(block);
                found.Add(new TextCandidate(
                    new TextRange(run.JournalId, first, last),
                    new DateTime(earliest, DateTimeKind.Utc),
                    new DateTime(latest, DateTimeKind.Utc)));
            }
        }
    }

    private static TextPageKey TimesOf(TextRun run) => new(run.JournalId, run.FirstSeq, TextPageKey.Times);

    private static TextCandidate Whole(TextRun run) =>
        new(new TextRange(run.JournalId, run.FirstSeq, run.LastSeq), run.Earliest, run.Latest);

    /// <summary>The blocks of a run that are left.</summary>
    private sealed class RunBlocks
    {
        private readonly TextBlocks _any;
        private readonly TextBlocks _one;

        public RunBlocks(TextRun run)
        {
            Run = run;
            (Left, _any, _one) = (new TextBlocks(run.Blocks), new TextBlocks(run.Blocks), new TextBlocks(run.Blocks));
            Left.Fill();
        }

        public TextRun Run { get; }

        public TextBlocks Left { get; }

        /// <summary>Adds the pages that have the codes.</summary>
        public void AddPagesOf(uint[] anyOf, HashSet<TextPageKey> pages)
        {
            foreach (var gram in anyOf)
            {
                if (Run.PageOf(gram) is >= 0 and var page) pages.Add(new TextPageKey(Run.JournalId, Run.FirstSeq, page));
            }

            if (Run.EveryPage is >= 0 and var every) pages.Add(new TextPageKey(Run.JournalId, Run.FirstSeq, every));
        }

        /// <summary>The blocks that have any of the codes; <see langword="null"/> where a page is gone.</summary>
        public TextBlocks? Find(uint[] anyOf, Dictionary<TextPageKey, byte[]> pages)
        {
            _any.Clear();
            foreach (var gram in anyOf)
            {
                if (!Add(gram, Run.PageOf(gram), pages)) return null;
            }

            return Add(TextGrams.Every, Run.EveryPage, pages) ? _any : null;
        }

        /// <summary>Adds the blocks that have a code. Returns false where its page is gone.</summary>
        private bool Add(uint gram, int number, Dictionary<TextPageKey, byte[]> pages)
        {
            if (number < 0) return true;
            if (!pages.TryGetValue(new TextPageKey(Run.JournalId, Run.FirstSeq, number), out var data)) return false;
            var page = new TextPage(data);
            if (!page.Is(Run.LastSeq, Run.FirstGramOf(number))) return false;
            page.Find(gram, _one);
            _any.UnionWith(_one);
            return true;
        }
    }
}
