using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Finds out where a journal's files stand in the database by their lines alone: after an id was lost, a directory was copied, cut or
/// restored, or the database was restored. The files of two journals that have a line in common are the same up to it, because lines are
/// only appended;
/// so the
/// last line that the database has under any id is the place after which it has none. Reads the files once, a window at a time, however
/// many journals there are. Changes nothing.
/// </summary>
/// <param name="connection">The database.</param>
/// <param name="projection">Compares lines with rows.</param>
/// <param name="rejected">The lines that were set aside.</param>
/// <param name="journal">The files.</param>
internal sealed class JournalResolver(LoggingConnection connection, IProjection projection, RejectedJournal rejected, IJournal journal)
{
    // The first window is small: it rules out most journals.
    private const int FirstLines = 16;
    private const int LinesAtOnce = 2_000;

    private IReadOnlySet<(Guid, long, string)> _setAside = new HashSet<(Guid, long, string)>();

    /// <summary>Compares the files with journals.</summary>
    /// <param name="rows">The journals that may have their lines.</param>
    /// <param name="own">Which of them has the files' id; <see langword="null"/> where none has.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<JournalStanding> FindAsync(IReadOnlyList<JournalRow> rows, JournalRow? own, CancellationToken cancellationToken)
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
            return new JournalStanding(last.ToCheckpoint(), ends.FirstOrDefault());
        }

        // Nothing, or nothing that can be told: what retention deleted comes again, and goes again with its next run. To take it for
        // projected would be to lose lines that never were.
        return JournalStanding.Unknown;
    }

    private async Task CompareAsync(List<Candidate> candidates, CancellationToken cancellationToken)
    {
        var place = JournalCheckpoint.Start;
        for (var most = FirstLines; ; most = LinesAtOnce)
        {
            candidates.RemoveAll(candidate => candidate.Row.Seq <= place.Seq);
            if (candidates.Count == 0 || journal.Read(place, most) is not { Count: > 0 } lines) return;
            for (var i = candidates.Count - 1; i >= 0; i--)
            {
                if (!await MayGoOnAsync(candidates[i], lines, cancellationToken).ConfigureAwait(false)) candidates.RemoveAt(i);
            }

            place = lines[^1].ToCheckpoint();
        }
    }

    /// <summary>Compares lines with a journal; false where it has others in their place.</summary>
    private async Task<bool> MayGoOnAsync(Candidate candidate, IReadOnlyList<JournalLine> window, CancellationToken cancellationToken)
    {
        var lines = window.TakeWhile(line => line.Seq <= candidate.Row.Seq).ToList();
        // A journal that has all lines of the files before its first.
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

        /// <summary>The last line that is the journal's, too.</summary>
        public JournalLine? Last { get; set; }

        /// <summary>The number of its checkpoint, where that is a line of the files.</summary>
        public long? EndsAt { get; set; }
    }
}
