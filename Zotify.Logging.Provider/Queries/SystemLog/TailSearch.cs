namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>Finds the last entries that match, backwards across the files.</summary>
internal sealed class TailSearch(SystemLogFiles files, SystemLogFilter filter)
{
    /// <summary>Lines are in order of time only thread by thread: how far one may stand behind an earlier one.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromSeconds(10);

    /// <summary>The last <paramref name="count"/> matching entries, oldest first, and the place where the search began: the log's end.</summary>
    /// <param name="count">How many.</param>
    /// <param name="after">Only entries strictly after this position.</param>
    /// <param name="before">Only entries strictly before this position.</param>
    /// <param name="since">Nothing older is asked for.</param>
    public (IReadOnlyList<SystemLogEntry> Entries, SystemLogPosition End) Find(
        int count, SystemLogPosition? after, SystemLogPosition? before, DateTimeOffset? since)
    {
        var found = new List<SystemLogEntry>();
        SystemLogPosition? end = null;
        foreach (var (position, text) in Backwards(before))
        {
            end ??= position;
            if (found.Count == count || (after is { } limit && position.File == limit.File && position.Offset <= limit.Offset)) break;
            var entry = SystemLineParser.Parse(position.ToString(), text);
            if (entry.Timestamp < since - Disorder) break;
            if (filter.Takes(entry)) found.Add(entry);
        }

        found.Reverse();
        return (found, end ?? after ?? SystemLogPosition.Start);
    }

    private IEnumerable<(SystemLogPosition Position, string Text)> Backwards(SystemLogPosition? before)
    {
        string? seen = null;
        var from = before is { } limit ? files.IndexOf(limit.File) : files.Paths.Count - 1;
        for (var i = from; i >= 0; i--)
        {
            using var file = SystemLogFile.Open(files.Paths[i].Path);
            // One that was rolled while the files were listed is there twice.
            if (file?.Identity is null || file.Identity == seen) continue;
            seen = file.Identity;
            var end = i == from && before is { } place ? Math.Min(place.Offset, file.Length) : file.Length;
            foreach (var (text, entryEnd) in BackwardEntryReader.Read(file, end))
            {
                // The position given as "before" is the end of its own entry, which is not asked for.
                if (i == from && before is { } excluded && entryEnd >= excluded.Offset) continue;
                yield return (file.At(entryEnd), text);
            }
        }
    }
}
