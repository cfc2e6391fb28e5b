using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads a job's progress over all of its time. All entries of a short log are read; of a long one, short runs all over it, so that an
/// answer costs the same however long the job is.
/// </summary>
internal static class JobProgressReader
{
    /// <summary>The most entries that are all read.</summary>
    public const int MostRead = 20_000;

    private const int Runs = 200;
    private const int EntriesOfRun = 100;
    private const int MostPoints = 240;

    private static readonly string[] Trouble =
        [.. Enum.GetValues<LogLevel>().Where(level => level is >= LogLevel.Warning and < LogLevel.None).Select(level => level.ToString())];

    /// <summary>Reads the progress of a job.</summary>
    /// <returns>The points, and whether only a part of the entries was read.</returns>
    public static async Task<(IReadOnlyList<JobProgressPoint> Points, bool Sampled)> ReadAsync(
        LoggingConnection connection, JobRow job, CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        var isSampled = job.Entries > MostRead;
        foreach (var (journal, last) in await JobLogReader.EndsAsync(connection, job.JobId, cancellationToken).ConfigureAwait(false))
        {
            var first = await FirstAsync(connection, job.JobId, journal, cancellationToken).ConfigureAwait(false);
            if (!isSampled)
            {
                samples.AddRange(await RunAsync(connection, job.JobId, journal, first, MostRead, cancellationToken).ConfigureAwait(false));
                continue;
            }

            for (var run = 0; run < Runs; run++)
            {
                var from = first + (long)((Int128)(last - first) * run / Runs);
                samples.AddRange(await RunAsync(connection, job.JobId, journal, from, EntriesOfRun, cancellationToken).ConfigureAwait(false));
            }
        }

        return (Points(samples, job), isSampled);
    }

    private static async Task<long> FirstAsync(
        LoggingConnection connection, string jobId, long journal, CancellationToken cancellationToken)
    {
        var filter = Of(connection.Dialect, jobId, journal);
        var query = connection.Dialect.Take($"l.seq FROM job_logs AS l {filter.Where}", "l.seq", "1");
        return (await connection.ReadAsync(SqlQuery.Raw(query, filter.Parameters), row => row.GetInt64(0), cancellationToken)
            .ConfigureAwait(false)).SingleOrDefault();
    }

    /// <summary>Reads what matters of the first entries at or after a number.</summary>
    private static async Task<IEnumerable<Sample>> RunAsync(
        LoggingConnection connection, string jobId, long journal, long from, int count, CancellationToken cancellationToken)
    {
        var dialect = connection.Dialect;
        var filter = Of(dialect, jobId, journal);
        filter.Require($"l.seq >= {filter.Value(from)}");
        var query = dialect.Take(
            $"l.timestamp, l.level, l.progress_done, l.progress_total, l.seq FROM job_logs AS l {filter.Where}", "l.seq", filter.Value(count));
        var rows = await connection.ReadAsync(
            SqlQuery.Raw(query, filter.Parameters),
            row => new Sample(journal, row.GetInt64(4), dialect.ReadTime(row, 0), row.GetString(1), row.NumberOrNull(2), row.NumberOrNull(3)),
            cancellationToken).ConfigureAwait(false);
        return rows.Where(row => row.Done is not null || Trouble.Contains(row.Level));
    }

    private static SqlFilter Of(SqlDialect dialect, string jobId, long journal)
    {
        var filter = new SqlFilter(dialect);
        filter.Require($"l.job_id = {filter.Value(jobId)}");
        filter.Require($"l.journal_id = {filter.Value(journal)}");
        return filter;
    }

    private static List<JobProgressPoint> Points(List<Sample> samples, JobRow job)
    {
        var length = Math.Max(1, (job.LastAt - job.FirstAt).Ticks);
        // Runs overlap where a job shares its journal with others.
        return [.. samples.DistinctBy(sample => (sample.Journal, sample.Seq)).OrderBy(sample => sample.At)
            .GroupBy(sample => (int)((Int128)(sample.At - job.FirstAt).Ticks * MostPoints / (length + 1)))
            .Select(PointOf)];
    }

    private static JobProgressPoint PointOf(IEnumerable<Sample> samples)
    {
        var all = samples.ToArray();
        var newest = all.LastOrDefault(sample => sample.Done is not null);
        return new JobProgressPoint
        {
            Timestamp = (newest ?? all[^1]).At,
            ProgressDone = newest?.Done,
            ProgressTotal = newest?.Total,
            Warnings = all.Count(sample => sample.Level == nameof(LogLevel.Warning)),
            Errors = all.Count(sample => sample.Level is nameof(LogLevel.Error) or nameof(LogLevel.Critical)),
        };
    }

    private sealed record Sample(long Journal, long Seq, DateTime At, string Level, long? Done, long? Total);
}
