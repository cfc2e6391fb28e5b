using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>A job and the entries after a place, as they are in the tables at one moment.</summary>
/// <param name="Job">The job before its entries were read; <see langword="null"/> where it is not there.</param>
/// <param name="Rows">The entries, in order of id.</param>
/// <param name="Journals">The journals' own ids.</param>
/// <param name="Next">The positions after them.</param>
/// <param name="IsWhole">Whether these are all, and the job counts just them and those before them.</param>
internal sealed record JobPoll(JobRow? Job, List<JobLogRow> Rows, IReadOnlyDictionary<long, Guid> Journals, JournalsCursor Next, bool IsWhole)
{
    /// <summary>Whether the job is over, and these entries are its last.</summary>
    public bool IsEnded => IsWhole && Job is not null && Job.Status != JobStatus.Running;

    /// <summary>Looks.</summary>
    public static async Task<JobPoll> TakeAsync(
        LoggingConnection connection, JobLogQuery query, JournalsCursor after, CancellationToken cancellationToken)
    {
        var id = JobIds.Shorten(query.JobId);
        // The job before its entries: whoever reads that it has ended has its last entries, too.
        var job = await JobRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
        var (rows, more, next) = await JobLogReader.ReadAsync(connection, query, after, cancellationToken).ConfigureAwait(false);
        var journals = await JournalIds.ReadAsync(connection, rows.Select(row => row.JournalId), cancellationToken).ConfigureAwait(false);
        // And once more: every entry raises its number, in the same transaction. As long as it is the same, the rest is of one moment.
        var isWhole = !more && (await JobRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false))?.Entries == job?.Entries;
        return new JobPoll(job, rows, journals, next, isWhole);
    }
}
