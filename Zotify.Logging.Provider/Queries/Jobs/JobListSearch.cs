using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// Writes the SQL of a <see cref="JobListQuery"/>. A page goes on after the last job of the page before, so that every page costs the same.
/// </summary>
internal static class JobListSearch
{
    private static readonly string[] Searched = ["j.job_id", "j.job_type", "j.last_message"];

    /// <summary>Returns the SQL for the first <paramref name="count"/> jobs that match; the jobs that began last come first.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not made by such a query.</exception>
    /// <exception cref="ArgumentException">A filter has over 100 values or terms, or a term over 1,000 characters.</exception>
    public static SqlQuery Build(JobListQuery query, SqlDialect dialect, int count)
    {
        var filter = new SqlFilter(dialect);
        filter.RequireOneOf("j.status", query.Statuses, nameof(query.Statuses));
        // Cut to the column's length, as when they were written.
        var types = query.JobTypes.Select(type => ColumnText.Fit(type, ColumnLengths.Name)).ToArray();
        filter.RequireOneOf("j.job_type", types, nameof(query.JobTypes));
        // The time of a job extends from its first entry to its last.
        filter.RequireTime("j.last_at", query.From, to: null);
        filter.RequireTime("j.first_at", from: null, query.To);
        filter.RequireTerms(query.Text, Searched, jsonColumn: null, nameof(query.Text));
        if (query.Cursor is { } cursor) RequireAfter(filter, JobListCursor.Decode(cursor));
        var jobs = $"{JobRowReader.Columns}\nFROM jobs AS j\n{filter.Where}";
        return SqlQuery.Raw(dialect.Take(jobs, "j.first_at DESC, j.job_id DESC", filter.Value(count)), filter.Parameters);
    }

    private static void RequireAfter(SqlFilter filter, JobListCursor cursor)
    {
        var (time, job) = (filter.Value(cursor.FirstAt), filter.Value(cursor.JobId));
        // The second condition implies the first, but an index can start only at the first.
        filter.Require($"j.first_at <= {time}");
        filter.Require($"(j.first_at < {time} OR j.job_id < {job})");
    }
}
