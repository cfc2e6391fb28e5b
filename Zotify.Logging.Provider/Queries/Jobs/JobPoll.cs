using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>One poll of a job: the job and its entries after a cursor.</summary>
/// <param name="Job">The job before its entries were read; <see langword="null"/> if there is none.</param>
/// <param name="Rows">The entries, in order of id.</param>
/// <param name="Journals">The journals' own ids.</param>
/// <param name="Next">The cursor after them.</param>
/// <param name="IsWhole">Whether these are all entries after the cursor, and none arrived while they were read.</param>
internal sealed record JobPoll(
    JobRow? Job, List<JobLogRow> Rows, JournalIds Journals, JournalsCursor Next, bool IsWhole)
{
    /// <summary>Whether the job has ended, and these entries are its last.</summary>
    public bool IsEnded => IsWhole && Job is not null && Job.Status != JobStatus.Running;

    /// <summary>Polls the job.</summary>
    public static async Task<JobPoll> RunAsync(
        LoggingConnection connection, JobLogQuery query, JournalsCursor after, CancellationToken cancellationToken)
    {
        var id = JobIds.Shorten(query.JobId);
        // Read the job before its entries: if it has ended by then, its last entries are among them.
        var job = await JobRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
        var (rows, more, next, _, _) = await JobLogReader.ReadAsync(
            connection, query, after, new ScanBudget(), cancellationToken).ConfigureAwait(false);
        var journals = await JournalIds.ReadAsync(connection, rows.Select(row => row.JournalId), cancellationToken).ConfigureAwait(false);
        // Read the count once more: every entry raises it in the same transaction. If it is the same, no entry arrived meanwhile.
        var isWhole = !more
            && (await JobRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false))?.Entries == job?.Entries;
        return new JobPoll(job, rows, journals, next, isWhole);
    }
}
