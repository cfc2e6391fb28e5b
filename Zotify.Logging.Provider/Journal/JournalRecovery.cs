using Microsoft.Win32.SafeHandles;
using Zotify.Logging.Provider.Common;

namespace Zotify.Logging.Provider.Journal;

/// <summary>Finds where a journal ended, whatever ended it.</summary>
/// <param name="LastSeq">The number of the last line; 0 where there is none.</param>
/// <param name="LastHash">The hash of the last line; 32 zero bytes where there is none.</param>
/// <param name="ActiveFirstSeq">The number of the active segment's first line; 0 where it is empty or missing.</param>
/// <param name="TornBytes">How many bytes of a torn last line were set aside.</param>
internal sealed record JournalRecovery(long LastSeq, byte[] LastHash, long ActiveFirstSeq, long TornBytes)
{
    private const string TornExtension = ".torn";

    /// <summary>
    /// Moves a torn last line (no newline) to a <c>.torn</c> file beside the journal, and reads the last whole line that
    /// has a number. Every whole line stays.
    /// </summary>
    public static JournalRecovery Run(string journalPath, Action<string, Exception?> report)
    {
        var torn = PathCheck.Exists(journalPath) ? SetTornLineAside(journalPath, report) : 0;
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
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        var whole = EndOfLastWholeLine(file, length);
        if (whole == length) return 0;

        var torn = new byte[length - whole];
        RandomAccess.Read(file, torn, whole);
        using (var aside = new FileStream(path + TornExtension, FileMode.Append, FileAccess.Write))
        {
            aside.Write(torn);
            aside.WriteByte((byte)'\n');
            aside.Flush(flushToDisk: true);
        }

        RandomAccess.SetLength(file, whole);
        RandomAccess.FlushToDisk(file);
        report($"{Path.GetFileName(path)} ended in the middle of a line: {torn.Length} bytes were moved to {Path.GetFileName(path)}{TornExtension}", null);
        return torn.Length;
    }

    private static long EndOfLastWholeLine(SafeFileHandle file, long length)
    {
        var block = new byte[64 * 1024];
        for (var end = length; end > 0;)
        {
            var from = Math.Max(0, end - block.Length);
            var read = RandomAccess.Read(file, block.AsSpan(0, (int)(end - from)), from);
            var newline = block.AsSpan(0, read).LastIndexOf((byte)'\n');
            if (newline >= 0) return from + newline + 1;
            end = from;
        }

        return 0;
    }
}
