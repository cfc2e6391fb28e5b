using Zotify.Logging.Database;
using Zotify.Logging.Instances;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// Writes the SQL of a <see cref="JobListQuery"/>. A page goes on after the last job of the page before, so that every page costs the same.
/// </summary>
internal static class JobListSearch
{
    /// <summary>Returns the SQL for the first <paramref name="count"/> jobs after a cursor, in the query's order.</summary>
    /// <exception cref="ArgumentException">A filter has over 100 values.</exception>
    public static SqlQuery Build(JobListQuery query, SqlDialect dialect, JobListCursor? after, int count, StalledStates states)
    {
        var filter = Conditions(query, dialect, after);
        RequireStatus(filter, query, dialect, states);
        var most = filter.Count(count);
        // A query for each range, which the engine reads by an index from the cursor on.
        var parts = RangesAfter(filter, dialect, after).Select(range =>
            dialect.Take($"{JobRowReader.Columns}\nFROM jobs AS j\n{filter.WhereAlso(range)}", Order(query), most));
        return SqlQuery.Raw(dialect.TakeOfAll([.. parts], "j", Order(query), most), filter.Parameters);
    }

    /// <summary>
    /// Returns the SQL that counts the jobs of each status, whatever statuses the query has, among the first <paramref name="count"/> that
    /// match.
    /// </summary>
    public static SqlQuery Totals(JobListQuery query, SqlDialect dialect, int count, StalledStates states)
    {
        var filter = Conditions(query, dialect, after: null);
        var status = "j.status";
        if (states.CanStall)
        {
            var isStalled = $"j.status = {filter.Value(JobStatus.Running)} AND {states.Condition(filter, dialect, "j")}";
            status = $"CASE WHEN {isStalled} THEN {filter.Value(JobStatus.Stalled)} ELSE j.status END";
        }

        var jobs = $"{status} AS status FROM jobs AS j\n{filter.Where}";
        var statuses = dialect.Take(jobs, "j.first_at DESC, j.job_id DESC", filter.Count(count));
        return SqlQuery.Raw($"SELECT t.status, COUNT(*) FROM (\n{statuses}) AS t GROUP BY t.status", filter.Parameters);
    }

    private static SqlFilter Conditions(JobListQuery query, SqlDialect dialect, JobListCursor? after)
    {
        var filter = new SqlFilter(dialect);
        // Cut to the column's length, as when they were written.
        var types = query.JobTypes.Select(type => ColumnText.Fit(type, ColumnLengths.Name)).ToArray();
        filter.RequireOneOf("j.job_type", types, nameof(query.JobTypes));
        // The time of a job extends from its first entry to its last.
        filter.RequireTime("j.last_at", query.From, to: null);
        // Not where the cursor implies it: an engine may begin at the later of two bounds, and step through the pages before.
        var isImplied = after is { Order: JobListOrder.Began, At: { } at } && at < query.To?.UtcDateTime;
        filter.RequireTime("j.first_at", from: null, isImplied ? null : query.To);
        return filter;
    }

    // A stalled job has the status running in the table.
    private static void RequireStatus(SqlFilter filter, JobListQuery query, SqlDialect dialect, StalledStates states)
    {
        var wantsStalled = query.Statuses.Contains(JobStatus.Stalled);
        if (!states.CanStall && query.Statuses is [JobStatus.Stalled]) filter.Require("1 = 0");
        if (!states.CanStall || wantsStalled == query.Statuses.Contains(JobStatus.Running))
        {
            string[] all = [.. query.Statuses.Where(status => status != JobStatus.Stalled)];
            filter.RequireOneOf("j.status", all, nameof(query.Statuses));
            return;
        }

        var others = query.Statuses.Where(status => status is not (JobStatus.Stalled or JobStatus.Running)).ToArray();
        var isStalled = states.Condition(filter, dialect, "j");
        var running = $"(j.status = {filter.Value(JobStatus.Running)} AND {(wantsStalled ? isStalled : $"NOT {isStalled}")})";
        if (others.Length == 0) filter.Require(running);
        else filter.Require($"({filter.OneOf("j.status", others, nameof(query.Statuses))} OR {running})");
    }

    // Jobs that have not ended come last: both engines sort NULL before every time.
    private static string Order(JobListQuery query) =>
        query.Order == JobListOrder.Ended ? "j.ended_at DESC, j.job_id DESC" : "j.first_at DESC, j.job_id DESC";

    /// <summary>The conditions of the ranges that come after the cursor; an empty one without a cursor.</summary>
    private static IReadOnlyList<string> RangesAfter(SqlFilter filter, SqlDialect dialect, JobListCursor? after)
    {
        if (after is not { } cursor) return [""];
        var job = filter.Value(cursor.JobId);
        if (cursor.At is not { } at) return [$"j.ended_at IS NULL AND j.job_id < {job}"];
        var isEnded = cursor.Order == JobListOrder.Ended;
        var ranges = dialect.RangesAfter([(isEnded ? "j.ended_at" : "j.first_at", filter.Value(at)), ("j.job_id", job)], descending: true);
        return isEnded ? [.. ranges, "j.ended_at IS NULL"] : ranges;
    }
}
