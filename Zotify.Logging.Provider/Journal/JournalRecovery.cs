using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>Finds where a journal ended, however its writer ended.</summary>
/// <param name="LastSeq">The number of the last line; 0 where there is none.</param>
/// <param name="LastHash">The hash of the last line; 32 zero bytes where there is none.</param>
/// <param name="ActiveFirstSeq">The number of the active segment's first line; 0 where it is empty or missing.</param>
/// <param name="TornBytes">How many bytes of a torn last line were moved away.</param>
internal sealed record JournalRecovery(long LastSeq, byte[] LastHash, long ActiveFirstSeq, long TornBytes)
{
    private const string TornExtension = SideFiles.Torn;

    /// <summary>
    /// Moves a torn last line (without its newline) to a <c>.torn</c> file next to the journal, and reads the last whole line that has a
    /// number. Every whole line stays.
    /// </summary>
    public static JournalRecovery Run(string journalPath, Action<string, Exception?> report)
    {
        var torn = PathCheck.IsFile(journalPath) ? SetTornLineAside(journalPath, report) : 0;
        var segments = Segment.All(journalPath);
        var active = segments.Count > 0 && segments[^1].Path == journalPath ? segments[^1].FirstSeq : 0;
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            if (JournalEnd.OfSegment(segments[i].Path) is not { } last || !LineFacts.TryRead(last.Line, out var facts)) continue;
            return new JournalRecovery(facts.Seq, HashChain.Parse(facts.Hash) ?? HashChain.First, active, torn);
        }

        return new JournalRecovery(0, HashChain.First, active, torn);
    }

    private static long SetTornLineAside(string path, Action<string, Exception?> report)
    {
        using var stream = OwnFile.OpenOrCreate(path);
        var file = stream.SafeFileHandle;
        var length = RandomAccess.GetLength(file);
        var whole = LineEnds.Last(file, length);
        if (whole == length) return 0;

        using (var aside = OwnFile.OpenOrCreate(path + TornExtension, unlinks: true))
        {
            aside.Position = aside.Length;
            FileBlocks.Copy(file, whole, aside);
            aside.WriteByte((byte)'\n');
            DiskFlush.Data(aside);
        }

        // The copy's name must be on the disk before the original bytes are deleted.
        DiskFlush.Names(Path.GetDirectoryName(path)!);
        RandomAccess.SetLength(file, whole);
        DiskFlush.Data(stream);
        var name = Path.GetFileName(path);
        report($"{name} ended in the middle of a line: {length - whole} bytes were moved to {name}{TornExtension}", null);
        return length - whole;
    }
}
