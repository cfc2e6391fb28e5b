namespace Zotify.Logging.Database;

/// <summary>Removes the overlaps of runs: a row that two runs had would be found twice.</summary>
internal static class TextRunOverlaps
{
    /// <summary>
    /// Ends each run that is not indexed before the next run of its journal begins. The journal went on, and its projector indexed the last
    /// rows of such a run.
    /// </summary>
    /// <param name="runs">The runs, by journal and number. Changed.</param>
    public static void Remove(List<TextRun> runs)
    {
        for (var i = 0; i < runs.Count - 1; i++)
        {
            var (run, next) = (runs[i], runs[i + 1]);
            if (run.Pages is null && run.JournalId == next.JournalId && run.LastSeq >= next.FirstSeq)
                runs[i] = run with { LastSeq = next.FirstSeq - 1 };
        }
    }
}
