using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Retention;

/// <summary>
/// Prunes the tables of jobs by <c>RetainedAge</c>, and a segment of the journal once all of it is in the database. Without a database, it
/// prunes the segments by <c>RetainedAge</c>.
/// </summary>
/// <param name="records">The journal and its projection.</param>
/// <param name="stage">The database and the clocks.</param>
/// <param name="age">Reads how long the tables keep entries; <see langword="null"/> means for ever.</param>
/// <param name="report">Reports what could not be pruned, and why.</param>
internal sealed class JobPruner(JournaledRecords records, JournalStage stage, Func<TimeSpan?> age, Action<string, Exception?> report)
    : IPruner
{
    private readonly AgeCutoff _cutoff = new(stage.Time);

    /// <inheritdoc/>
    public TimeSpan Interval => RetentionInterval.For(age());

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var journal = records.Journal;
        var kept = age();
        var now = kept is null ? null : stage.Clock.Now(report);
        if (now is { } present && PrunableSegments.RollCutoff(kept, present) is { } begin) journal.RollOlderThan(begin);
        if (!stage.Database.IsConfigured)
        {
            if (kept is { } ofFiles && now is { } moment) PruneFiles(journal, ofFiles, AgeCutoff.Old(ofFiles, moment));
            return;
        }

        await records.ProjectAsync(cancellationToken).ConfigureAwait(false);
        var session = await RetentionSession.OpenAsync(stage.Database, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            if (await session.FindAsync(journal, cancellationToken).ConfigureAwait(false) is { } projected)
            {
                var segments = journal.Segments();
                // A checkpoint that somebody moved ahead could cover lines that are in no table.
                var count = PrunableSegments.Projected(segments, Math.Min(projected.Seq, records.PrunableSeq));
                await session.DeleteAsync(journal, [.. segments.Take(count)], cancellationToken).ConfigureAwait(false);
            }

            if (kept is { } limit && now is { } time)
                await PruneRowsAsync(new JobRowPruner(session), limit, AgeCutoff.Old(limit, time), cancellationToken).ConfigureAwait(false);
        }
    }

    private void PruneFiles(JournalWriter journal, TimeSpan kept, DateTimeOffset old)
    {
        var segments = journal.Segments();
        if (PrunableSegments.SpanBefore(segments, old) is not { } span) return;
        var count = PrunableSegments.Before(segments, _cutoff.Before(kept, span.Oldest, span.Newest));
        journal.Delete([.. segments.Take(Math.Min(count, PrunableSegments.Projected(segments, records.PrunableSeq)))]);
    }

    private async Task PruneRowsAsync(JobRowPruner rows, TimeSpan kept, DateTimeOffset old, CancellationToken cancellationToken)
    {
        if (await rows.SpanBeforeAsync(old.UtcDateTime, cancellationToken).ConfigureAwait(false) is not { } span) return;
        await rows.DeleteBeforeAsync(_cutoff.Before(kept, span.Oldest, span.Newest).UtcDateTime, cancellationToken).ConfigureAwait(false);
    }
}
