using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>Finds places in a journal.</summary>
internal static class JournalPlace
{
    private const int LinesAtOnce = 2_000;

    /// <summary>
    /// The place after the last line whose number is at most <paramref name="seq"/>: what is there of a journal that does not
    /// hold any more what the database has of it. Reads the journal from its beginning.
    /// </summary>
    public static JournalCursor LastUpTo(IJournal journal, long seq)
    {
        var place = JournalCursor.Start;
        while (true)
        {
            var lines = journal.Read(place, LinesAtOnce);
            foreach (var line in lines)
            {
                if (line.Seq > seq) return place;
                place = line.ToCursor();
            }

            if (lines.Count == 0) return place;
        }
    }
}
