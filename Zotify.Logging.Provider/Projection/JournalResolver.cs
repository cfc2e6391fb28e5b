using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Finds out which of a journal's lines the database has, by the lines alone: after an id was lost, a directory was copied, cut or
/// restored, or the database was restored. Lines are only appended, so two journals that have a line in common have the same lines before
/// it. Therefore one search is enough: it finds the last line that the database has under any id. Reads the files once, a window at a time,
/// however many journals there are. Changes nothing.
/// </summary>
/// <param name="connection">The database.</param>
/// <param name="projection">Compares lines with rows.</param>
/// <param name="rejected">The lines that were set aside.</param>
/// <param name="journal">The files.</param>
internal sealed class JournalResolver(LoggingConnection connection, IProjection projection, RejectedJournal rejected, IJournal journal)
{
    // The first window is small, because it already rules out most journals.
    private const int FirstLines = 16;
    private const int LinesAtOnce = 2_000;

    private IReadOnlySet<(Guid, long, string)> _setAside = new HashSet<(Guid, long, string)>();

    /// <summary>Compares the files with journals.</summary>
    /// <param name="rows">The journals that may have their lines.</param>
    /// <param name="own">Which of them has the files' id; <see langword="null"/> where none has.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<JournalMatch> FindAsync(IReadOnlyList<JournalRow> rows, JournalRow? own, CancellationToken cancellationToken)
    {
        _setAside = rejected.Lines();
        var candidates = rows.Select(row => new Candidate(row)).ToList();
        await CompareAsync([.. candidates], cancellationToken).ConfigureAwait(false);
        var last = candidates.Where(candidate => candidate.Last is not null).Select(candidate => candidate.Last!.Value)
            .OrderBy(line => line.Seq).LastOrDefault();
        if (last.Seq > 0)
        {
            var ends = candidates.Where(candidate => candidate.EndsAt == last.Seq).Select(candidate => candidate.Row)
                .OrderByDescending(row => row.Journal == own?.Journal);
            return new JournalMatch(last.ToCheckpoint(), ends.FirstOrDefault());
        }

        // The database has none of the lines, or retention deleted their rows. Then the lines are projected again, and retention deletes
        // them again. Skipping them instead could lose lines that were never projected.
        return JournalMatch.Unknown;
    }

    private async Task CompareAsync(List<Candidate> candidates, CancellationToken cancellationToken)
    {
        var checkpoint = JournalCheckpoint.Start;
        for (var most = FirstLines; ; most = LinesAtOnce)
        {
            candidates.RemoveAll(candidate => candidate.Row.Seq <= checkpoint.Seq);
            if (candidates.Count == 0 || journal.Read(checkpoint, most) is not { Count: > 0 } lines) return;
            for (var i = candidates.Count - 1; i >= 0; i--)
            {
                if (!await MayMatchAsync(candidates[i], lines, cancellationToken).ConfigureAwait(false)) candidates.RemoveAt(i);
            }

            checkpoint = lines[^1].ToCheckpoint();
        }
    }

    /// <summary>Compares lines with a journal. Returns false where the journal has other lines under their numbers.</summary>
    private async Task<bool> MayMatchAsync(Candidate candidate, IReadOnlyList<JournalLine> window, CancellationToken cancellationToken)
    {
        var lines = window.TakeWhile(line => line.Seq <= candidate.Row.Seq).ToList();
        // All lines of the journal are before the first line of the files.
        if (lines.Count == 0) return false;
        var compared = await projection.CompareAsync(connection, candidate.Row.Id, lines, cancellationToken).ConfigureAwait(false);
        JournalLine? same = compared.LastOrDefault(line => line.IsSame) is { IsSame: true } row ? row.Line : null;
        same = Later(same, lines.LastOrDefault(line => IsSetAside(candidate.Row, line)));
        if (lines[^1].Seq == candidate.Row.Seq && JournalLine.Hash(lines[^1].Utf8.Span) == candidate.Row.Hash)
        {
            same = lines[^1];
            candidate.EndsAt = candidate.Row.Seq;
        }

        candidate.Last = same ?? candidate.Last;
        return same is not null || compared.Count == 0;
    }

    private static JournalLine? Later(JournalLine? one, JournalLine other) => other.Seq > (one?.Seq ?? 0) ? other : one;

    private bool IsSetAside(JournalRow row, JournalLine line) =>
        _setAside.Count > 0 && _setAside.Contains((row.Journal, line.Seq, RejectedEntry.KeyOf(line.Utf8.Span)));

    private sealed class Candidate(JournalRow row)
    {
        public JournalRow Row => row;

        /// <summary>The last line that the journal has as well.</summary>
        public JournalLine? Last { get; set; }

        /// <summary>The number at its checkpoint, where that is a line of the files.</summary>
        public long? EndsAt { get; set; }
    }
}
