using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Retention;

/// <summary>
/// Prunes whole segments of the audit journal, the oldest first, and their rows. Only the journal's files and the options decide what is
/// deleted; no row of the database can cause the deletion of a file. First it brings an <c>audit.pruned</c> event to the disk, so that the
/// rest can be verified. Then it deletes the rows, then the files. So rows below the first line of the files mean that somebody else
/// deleted files. If a run is interrupted, the next run repeats it with the same result. Without a database, it prunes only the files.
/// </summary>
/// <param name="records">The journal and its projection.</param>
/// <param name="stage">The database and the clocks.</param>
/// <param name="limits">Reads how much is kept.</param>
/// <param name="keys">Reads the keys of the chain.</param>
/// <param name="report">Reports what could not be pruned, and why.</param>
internal sealed class AuditPruner(
    JournaledRecords records,
    JournalStage stage,
    Func<RetentionLimits> limits,
    Func<IReadOnlyList<HashKey>> keys,
    Action<string, Exception?> report)
    : IPruner
{
    private readonly AgeCutoff _cutoff = new(stage.Time);
    private readonly Dictionary<long, AgeCutoff> _cutoffsOfFormers = [];

    // The newest event in the files. Searched for once and then remembered, because nobody else writes the files.
    private PruneAnchor? _anchor;
    private bool _isSearched;

    /// <inheritdoc/>
    public TimeSpan Interval => RetentionInterval.For(limits().Age);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var kept = limits();
        if (kept == default) return;
        var now = kept.Age is null ? null : stage.Clock.Now(report);
        if (now is { } present && PrunableSegments.RollCutoff(kept.Age, present) is { } begin)
            records.Journal.RollOlderThan(begin);
        DateTimeOffset? old = kept.Age is { } age && now is { } time ? AgeCutoff.Old(age, time) : null;
        await records.ProjectAsync(cancellationToken).ConfigureAwait(false);
        if (!stage.Database.IsConfigured)
        {
            Task DeleteFilesAsync(IReadOnlyList<SegmentFacts> beyond)
            {
                records.Journal.Delete(beyond);
                return Task.CompletedTask;
            }

            var files = records.Journal.Segments();
            await PruneAsync(files, records.PrunableSeq, kept, old, DeleteFilesAsync, cancellationToken).ConfigureAwait(false);
            return;
        }

        var session = await RetentionSession.OpenAsync(stage.Database, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            if (await session.FindAsync(records.Journal, cancellationToken).ConfigureAwait(false) is not { } projected) return;
            var rows = new AuditRowPruner(session);
            var segments = records.Journal.Segments();
            await PruneRowsWithoutFileAsync(rows, projected.Id, segments, cancellationToken).ConfigureAwait(false);
            // A checkpoint that somebody moved ahead could cover lines that are in no table.
            var projectedSeq = Math.Min(projected.Seq, records.PrunableSeq);
            async Task DeleteAsync(IReadOnlyList<SegmentFacts> beyond)
            {
                await rows.DeleteThroughAsync(projected.Id, beyond[^1].LastSeq, cancellationToken).ConfigureAwait(false);
                await session.DeleteAsync(records.Journal, beyond, cancellationToken).ConfigureAwait(false);
            }

            await PruneAsync(segments, projectedSeq, kept, old, DeleteAsync, cancellationToken).ConfigureAwait(false);
            if (old is { } limit)
                await PruneFormerJournalsAsync(rows, projected, kept.Age!.Value, limit, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PruneAsync(
        IReadOnlyList<SegmentFacts> segments,
        long projectedSeq,
        RetentionLimits kept,
        DateTimeOffset? old,
        Func<IReadOnlyList<SegmentFacts>, Task> deleteAsync,
        CancellationToken cancellationToken)
    {
        DateTimeOffset? before = old is { } time && PrunableSegments.SpanBefore(segments, time) is { } span
            ? _cutoff.Before(kept.Age!.Value, span.Oldest, span.Newest)
            : null;
        var count = PrunableSegments.BeyondLimits(segments, projectedSeq, before, kept.Size);
        if (count < segments.Count && segments[count] is { IsActive: false, LastHash: null } odd)
            report($"{odd.Path} does not end with line {odd.LastSeq} and its hash: neither it nor what follows is pruned", null);
        if (count == 0) return;
        var last = segments[count - 1];
        if (!IsAnnounced(segments, last, cancellationToken)) await AnnounceAsync(last, cancellationToken).ConfigureAwait(false);
        await deleteAsync([.. segments.Take(count)]).ConfigureAwait(false);
    }

    /// <summary>Whether an interrupted run has announced the deletion of this segment, or of a later one that still exists.</summary>
    private bool IsAnnounced(IReadOnlyList<SegmentFacts> segments, SegmentFacts last, CancellationToken cancellationToken) =>
        FindAnchor(segments, cancellationToken) is { } anchor
        && anchor.ThroughSeq >= last.LastSeq
        && segments.Any(segment => segment.LastSeq == anchor.ThroughSeq && segment.LastHash == anchor.ThroughHash);

    private async Task AnnounceAsync(SegmentFacts last, CancellationToken cancellationToken)
    {
        var anchor = new PruneAnchor(last.LastSeq, last.LastHash!);
        await records.AppendAsync([AuditSelfEvents.OfPruning(anchor, stage.Time.GetUtcNow())], cancellationToken).ConfigureAwait(false);
        // Remember it even where this flush fails: the event stays in the journal, and the next run starts once it is in the database.
        _anchor = anchor;
        await records.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Deletes rows whose lines are in no file any more, where an event accounts for that. Earlier versions deleted files before rows, and
    /// may have been interrupted in between. Other such rows are kept as evidence.
    /// </summary>
    private async Task PruneRowsWithoutFileAsync(
        AuditRowPruner rows, long journalId, IReadOnlyList<SegmentFacts> segments, CancellationToken cancellationToken)
    {
        if (segments is not [var first, ..]) return;
        var firstRow = await rows.FirstSeqAsync(journalId, cancellationToken).ConfigureAwait(false);
        if (firstRow is null || firstRow >= first.FirstSeq) return;
        if (FindAnchor(segments, cancellationToken) is { } anchor && AccountsFor(anchor, segments))
            await rows.DeleteThroughAsync(journalId, first.FirstSeq - 1, cancellationToken).ConfigureAwait(false);
    }

    private bool AccountsFor(PruneAnchor anchor, IReadOnlyList<SegmentFacts> segments)
    {
        if (anchor.ThroughSeq < segments[0].FirstSeq - 1) return false;
        return anchor.ThroughSeq == segments[0].FirstSeq - 1
            ? PruneAnchorSearch.IsFollowedBy(anchor, segments[0], keys())
            : segments.Any(segment => segment.LastSeq == anchor.ThroughSeq && segment.LastHash == anchor.ThroughHash);
    }

    private async Task PruneFormerJournalsAsync(
        AuditRowPruner rows, JournalRow projected, TimeSpan age, DateTimeOffset old, CancellationToken cancellationToken)
    {
        foreach (var former in await rows.FormerJournalsAsync(projected, cancellationToken).ConfigureAwait(false))
        {
            if (await rows.SpanBeforeAsync(former, old.UtcDateTime, cancellationToken).ConfigureAwait(false) is not { } span) continue;
            if (!_cutoffsOfFormers.TryGetValue(former, out var cutoff)) _cutoffsOfFormers[former] = cutoff = new AgeCutoff(stage.Time);
            var before = cutoff.Before(age, span.Oldest, span.Newest).UtcDateTime;
            await rows.DeleteBeforeAsync(former, before, cancellationToken).ConfigureAwait(false);
        }
    }

    private PruneAnchor? FindAnchor(IReadOnlyList<SegmentFacts> segments, CancellationToken cancellationToken)
    {
        if (_isSearched || _anchor is not null) return _anchor;
        _anchor = PruneAnchorSearch.FindNewest(segments, keys(), cancellationToken);
        _isSearched = true;
        return _anchor;
    }
}
