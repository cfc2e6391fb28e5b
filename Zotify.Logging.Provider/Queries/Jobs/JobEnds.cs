using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>Waits for jobs to end. However many callers wait, one poller reads the database for all of them. Thread-safe.</summary>
internal sealed class JobEnds
{
    /// <summary>The longest time to wait.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(5);

    private readonly LiveDatabase _live;
    private readonly IReadYourWrites _readYourWrites;
    private readonly JobExpectations _expectations;

    /// <param name="live">The database, with the poller that streams and waits share, and its clock.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query, and before the end that it found.</param>
    /// <param name="expectations">What a running job is compared with; by default the default options.</param>
    internal JobEnds(LiveDatabase live, IReadYourWrites readYourWrites, JobExpectations? expectations = null)
    {
        _expectations = expectations ?? JobExpectations.Default;
        _live = live;
        _readYourWrites = readYourWrites;
    }

    /// <summary>
    /// Returns as soon as a job is no longer running and its entries can be read, or at the timeout; <see langword="null"/> if there is no
    /// such job by then: one that is not there yet may have been accepted a moment ago. Any instance over the database may run the job; its
    /// end is found within 200 ms after it was committed.
    /// </summary>
    /// <param name="jobId">The job, as the application named it.</param>
    /// <param name="timeout">How long to wait, up to <see cref="MaxTimeout"/>; zero reads the job once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative or longer than <see cref="MaxTimeout"/>.</exception>
    /// <exception cref="LogBehindException">There is no such job at the timeout, and the database is behind the journals.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<JobEnd?> WaitAsync(string jobId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, MaxTimeout);
        var id = JobIds.Shorten(jobId);
        using var deadline = new CancellationTokenSource(timeout, _live.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        TableSubscription? ended = null;
        try
        {
            while (true)
            {
                ended?.Reset();
                // Also after an end was found, to include entries that were logged right before it.
                var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
                var job = await _live.Database.ReadAsync(
                    (connection, cancellation) => JobRowReader.FindAsync(connection, id, cancellation),
                    cancellationToken).ConfigureAwait(false);
                var hasEnded = job is not null && job.Status != JobStatus.Running;
                if (hasEnded || deadline.IsCancellationRequested)
                {
                    if (job is not null)
                        return new JobEnd(await SummaryAsync(job, cancellationToken).ConfigureAwait(false), hasEnded, behind);
                    return behind > 0 ? throw new LogBehindException(behind) : null;
                }

                ended ??= _live.EndedJobs.Wait(id);
                // The timeout ends the wait, too. Then the job is read a last time.
                await ended.WaitAsync(linked.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            ended?.Dispose();
        }
    }

    private async Task<JobSummary> SummaryAsync(JobRow job, CancellationToken cancellationToken) => job.Status != JobStatus.Running
        ? JobSummary.Of(job)
        : await _live.Database.ReadAsync(
            (connection, cancellation) => _expectations.SummaryAsync(connection, job, cancellation),
            cancellationToken).ConfigureAwait(false);
}
