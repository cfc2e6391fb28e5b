using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>Waits for jobs to end. However many callers wait, one poller reads the database for all of them. Thread-safe.</summary>
public sealed class JobEnds
{
    /// <summary>The longest time to wait.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(5);

    private readonly LoggingDatabase _database;
    private readonly IReadYourWrites _readYourWrites;
    private readonly TimeProvider _time;
    private readonly EndedJobsPoller _poller;

    /// <param name="database">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query, and before the end that it found.</param>
    /// <param name="time">The clock of the timeout and of the polls.</param>
    internal JobEnds(LoggingDatabase database, IReadYourWrites readYourWrites, TimeProvider time)
    {
        _database = database;
        _readYourWrites = readYourWrites;
        _time = time;
        _poller = new EndedJobsPoller(database, time);
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
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        while (true)
        {
            // Also after an end was found, to include entries that were logged right before it.
            var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            var job = await _database.ReadAsync(
                (connection, cancellation) => JobRowReader.FindAsync(connection, id, cancellation),
                cancellationToken).ConfigureAwait(false);
            var hasEnded = job is not null && job.Status != JobStatus.Running;
            if (hasEnded || deadline.IsCancellationRequested)
            {
                if (job is not null) return new JobEnd(JobSummary.Of(job), hasEnded, behind);
                return behind > 0 ? throw new LogBehindException(behind) : null;
            }

            try
            {
                await _poller.WaitAsync(id, linked.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The timeout has passed: read the job a last time.
            }
        }
    }
}
