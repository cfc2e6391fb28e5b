using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>A stretch of a journal, of which a job's entries are counted together.</summary>
/// <param name="JournalId">The journal, as a row of <c>journals</c>.</param>
/// <param name="After">The number before its first line.</param>
/// <param name="End">The number of its last line.</param>
internal readonly record struct JobStretch(long JournalId, long After, long End)
{
    private static readonly string[] Warnings = ["Warning"];
    private static readonly string[] Errors = ["Error", "Critical"];

    /// <summary>Splits a range of numbers into equal stretches.</summary>
    public static IEnumerable<JobStretch> Split(long journalId, long first, long last, int count)
    {
        var length = Math.Max(1, (last - first + count) / count);
        for (var after = first - 1; after < last; after += length)
            yield return new JobStretch(journalId, after, Math.Min(last, after + length));
    }

    /// <summary>The first entries of the job in the stretch.</summary>
    public Task<List<(DateTime At, string Level, long? Done, long? Total)>> ReadAsync(
        LoggingConnection connection, string jobId, int most, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"l.job_id = {filter.Value(jobId)}");
        filter.Require($"l.journal_id = {filter.Value(JournalId)}");
        filter.Require($"l.seq > {filter.Value(After)}");
        filter.Require($"l.seq <= {filter.Value(End)}");
        var entries = connection.Dialect.Take(
            $"l.timestamp, l.level, l.progress_done, l.progress_total FROM job_logs AS l {filter.Where}", "l.seq", filter.Count(most));
        return connection.ReadAsync(SqlQuery.Raw(entries, filter.Parameters), Entry, cancellationToken);

        (DateTime, string, long?, long?) Entry(DbDataReader row) =>
            (connection.Dialect.ReadTime(row, 0), row.GetString(1), row.NumberOrNull(2), row.NumberOrNull(3));
    }

    /// <summary>Counts entries, at least one.</summary>
    public static JobProgressPoint PointOf(List<(DateTime At, string Level, long? Done, long? Total)> entries)
    {
        // The newest progress by time, as in the job's summary.
        var progress = entries.Where(entry => entry.Done is not null).OrderBy(entry => entry.At).LastOrDefault();
        return new JobProgressPoint(
            entries.Max(entry => entry.At), progress.Done, progress.Total, entries.Count,
            entries.Count(entry => Warnings.Contains(entry.Level)), entries.Count(entry => Errors.Contains(entry.Level)));
    }
}
