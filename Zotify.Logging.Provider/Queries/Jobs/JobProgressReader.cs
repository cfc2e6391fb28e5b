using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// Samples a job's entries over all of it: equal stretches of its journals' numbers, of each up to a number of entries. So a job of ten
/// million entries costs no more than one of a hundred thousand. Thread-safe.
/// </summary>
internal sealed class JobProgressReader
{
    /// <summary>The most points.</summary>
    public const int MaxPoints = 200;

    private readonly LoggingDatabase _database;
    private readonly IReadYourWrites _readYourWrites;
    private readonly JobExpectations _expectations;

    /// <param name="database">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    /// <param name="expectations">What a running job is compared with; by default the default options.</param>
    internal JobProgressReader(LoggingDatabase database, IReadYourWrites readYourWrites, JobExpectations? expectations = null)
    {
        _expectations = expectations ?? JobExpectations.Default;
        _database = database;
        _readYourWrites = readYourWrites;
    }

    /// <summary>How many entries of a stretch are read.</summary>
    internal int MostOfStretch { get; init; } = 1_000;

    /// <summary>Reads a job's progress; <see langword="null"/> if there is no such job.</summary>
    /// <param name="jobId">The job, as the application named it.</param>
    /// <param name="points">The most points, 1 to 200.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">The number of points is out of range.</exception>
    /// <exception cref="LogBehindException">There is no such job yet, and the database is behind the journals.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<JobProgress?> ReadAsync(string jobId, int points, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, MaxPoints);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var progress = await _database.ReadAsync(
            (connection, cancellation) => ReadAsync(connection, JobIds.Shorten(jobId), points, behind, cancellation),
            cancellationToken).ConfigureAwait(false);
        // The database is behind, so the job may still arrive: that it is missing proves nothing.
        return progress is null && behind > 0 ? throw new LogBehindException(behind) : progress;
    }

    private async Task<JobProgress?> ReadAsync(
        LoggingConnection connection, string jobId, int points, long behind, CancellationToken cancellationToken)
    {
        if (await JobRowReader.FindAsync(connection, jobId, cancellationToken).ConfigureAwait(false) is not { } job) return null;
        var ends = await JobLogReader.EndsAsync(connection, jobId, cancellationToken).ConfigureAwait(false);
        var stretches = new List<JobStretch>();
        foreach (var (journal, end) in ends.Reverse())
        {
            if (await FirstAsync(connection, jobId, journal, cancellationToken).ConfigureAwait(false) is not { } first) continue;
            stretches.AddRange(JobStretch.Split(journal, first, end, Math.Max(1, points / ends.Count)));
        }

        var isWhole = true;
        var found = new List<JobProgressPoint>();
        foreach (var stretch in stretches)
        {
            var entries = await stretch.ReadAsync(connection, jobId, MostOfStretch, cancellationToken).ConfigureAwait(false);
            isWhole &= entries.Count < MostOfStretch;
            if (entries.Count > 0) found.Add(JobStretch.PointOf(entries));
        }

        var summary = await _expectations.SummaryAsync(connection, job, cancellationToken).ConfigureAwait(false);
        return new JobProgress(summary, Joined(found), isWhole, behind);
    }

    private static async Task<long?> FirstAsync(
        LoggingConnection connection, string jobId, long journal, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"l.job_id = {filter.Value(jobId)}");
        filter.Require($"l.journal_id = {filter.Value(journal)}");
        var first = connection.Dialect.Take($"l.seq FROM job_logs AS l {filter.Where}", "l.seq", "1");
        var found = await connection.ReadAsync(
            SqlQuery.Raw(first, filter.Parameters), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return found is [var seq] ? seq : null;
    }

    /// <summary>In the order of time, each with the newest progress up to then.</summary>
    private static List<JobProgressPoint> Joined(List<JobProgressPoint> points)
    {
        (long? done, long? total) = (null, null);
        return [.. points.OrderBy(point => point.Timestamp).Select(point =>
        {
            (done, total) = (point.ProgressDone ?? done, point.ProgressDone is null ? total : point.ProgressTotal);
            return point with { ProgressDone = done, ProgressTotal = total };
        })];
    }
}
