using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Retention;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Handlers.Jobs;

/// <summary>
/// The tables of jobs keep <c>RetainedAge</c>; a segment of the journal goes once the database has all of it. Where there is no database, the
/// segments themselves keep <c>RetainedAge</c>.
/// </summary>
/// <param name="records">The journal and its projection.</param>
/// <param name="database">Where it is projected to.</param>
/// <param name="age">Reads how long the tables keep entries; <see langword="null"/> means for ever.</param>
/// <param name="time">The clock.</param>
internal sealed class JobRetention(JournaledRecords records, LoggingDatabase database, Func<TimeSpan?> age, TimeProvider time) : IRetention
{
    /// <inheritdoc/>
    public TimeSpan Interval => RetentionInterval.For(age());

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var journal = records.Journal;
        var now = time.GetUtcNow();
        var kept = age();
        if (SegmentRetention.RollsWhatBeganBefore(kept, now) is { } begin) journal.RollWhatBeganBefore(begin);
        if (!database.IsConfigured)
        {
            var files = journal.Segments();
            journal.Delete([.. files.Take(SegmentRetention.OlderThan(files, kept, now))]);
            return;
        }

        await records.ProjectAsync(cancellationToken).ConfigureAwait(false);
        var session = await RetentionSession.OpenAsync(database, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            if (await session.FindAsync(journal.Id, cancellationToken).ConfigureAwait(false) is { } projected)
            {
                var segments = journal.Segments();
                journal.Delete([.. segments.Take(SegmentRetention.Projected(segments, projected.Seq))]);
            }

            if (kept is not null) await new JobRows(session).DeleteBeforeAsync((now - kept.Value).UtcDateTime, cancellationToken).ConfigureAwait(false);
        }
    }
}
