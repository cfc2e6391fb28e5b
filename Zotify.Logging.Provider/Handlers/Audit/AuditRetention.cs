using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Retention;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Handlers.Audit;

/// <summary>
/// Lets go of whole segments of the audit journal, the oldest first, and of their rows. An <c>audit.pruned</c> event is on
/// the disk before the first file goes, so that what is left can be verified, and a run that was cut short is finished by
/// the next: the newest such event in the database says what has to go. Where there is no database, the limits hold for the files alone, and
/// the next run finds by the limits what is left to do.
/// </summary>
/// <param name="records">The journal and its projection.</param>
/// <param name="database">Where it is projected to.</param>
/// <param name="limits">Reads how much is kept.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Takes what keeps a segment from going.</param>
internal sealed class AuditRetention(
    JournaledRecords records, LoggingDatabase database, Func<RetentionLimits> limits, TimeProvider time, Action<string, Exception?> report) : IRetention
{
    // What the last run without a database announced: a file that cannot be deleted now is not announced again by every attempt.
    private PruneAnchor? _announced;

    /// <inheritdoc/>
    public TimeSpan Interval => RetentionInterval.For(limits().Age);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var journal = records.Journal;
        var now = time.GetUtcNow();
        var kept = limits();
        if (SegmentRetention.RollsWhatBeganBefore(kept.Age, now) is { } begin) journal.RollWhatBeganBefore(begin);
        if (!database.IsConfigured)
        {
            await PruneFilesAsync(journal.Segments(), kept, now, cancellationToken).ConfigureAwait(false);
            return;
        }

        // What an earlier run announced may be among the last lines.
        await records.ProjectAsync(cancellationToken).ConfigureAwait(false);
        var session = await RetentionSession.OpenAsync(database, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            if (await session.FindAsync(journal.Id, cancellationToken).ConfigureAwait(false) is not { } projected) return;
            var rows = new AuditRows(session);
            var anchor = PruneAnchor.Parse(await rows.NewestDetailsAsync(projected.Id, OwnEvents.Pruned, OwnEvents.Category, cancellationToken).ConfigureAwait(false));
            var segments = journal.Segments();
            if (FindLast(segments, SegmentRetention.BeyondLimits(segments, projected.Seq, kept, now)) is { } last && last.LastSeq > (anchor?.ThroughSeq ?? 0))
                anchor = await AnnounceAsync(last, cancellationToken).ConfigureAwait(false);
            if (anchor is not null && DeleteFiles(segments, anchor))
                await rows.DeleteThroughAsync(projected.Id, anchor.ThroughSeq, cancellationToken).ConfigureAwait(false);
            if (kept.Age is { } age) await rows.DeleteOfFormerAsync(projected, (now - age).UtcDateTime, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PruneFilesAsync(IReadOnlyList<SegmentFacts> segments, RetentionLimits kept, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (FindLast(segments, SegmentRetention.BeyondLimits(segments, projectedSeq: long.MaxValue, kept, now)) is not { } last) return;
        if (last.LastSeq > (_announced?.ThroughSeq ?? 0)) _announced = await AnnounceAsync(last, cancellationToken).ConfigureAwait(false);
        DeleteFiles(segments, _announced!);
    }

    private SegmentFacts? FindLast(IReadOnlyList<SegmentFacts> segments, int count)
    {
        if (limits() != default && count < segments.Count && segments[count] is { IsActive: false, LastHash: null } odd)
            report($"{odd.Path} does not end with line {odd.LastSeq} and its hash: neither it nor what follows is pruned", null);
        return count > 0 ? segments[count - 1] : null;
    }

    private async Task<PruneAnchor> AnnounceAsync(SegmentFacts last, CancellationToken cancellationToken)
    {
        var anchor = new PruneAnchor(last.LastSeq, last.LastHash!);
        await records.AppendAsync([OwnEvents.OfPruning(anchor, time.GetUtcNow())], cancellationToken).ConfigureAwait(false);
        await records.FlushAsync(cancellationToken).ConfigureAwait(false);
        return anchor;
    }

    /// <summary>Deletes what the event says is gone; false where the files do not bear it out.</summary>
    private bool DeleteFiles(IReadOnlyList<SegmentFacts> segments, PruneAnchor anchor)
    {
        var announced = segments.Where(segment => segment.FirstSeq <= anchor.ThroughSeq).ToList();
        if (announced.Count == 0) return true;
        // An event that anybody else made up does not name the last line of a segment, and deletes nothing.
        if (announced[^1] is not { IsActive: false } last || last.LastSeq != anchor.ThroughSeq || last.LastHash != anchor.ThroughHash) return false;
        records.Journal.Delete(announced);
        return true;
    }
}
