using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>Puts a <see cref="JobListQuery"/> in SQL. Pages go on by the last job's place, so that every page costs the same.</summary>
internal static class JobListSearch
{
    private static readonly string[] Searched = ["j.job_id", "j.job_type", "j.last_message"];

    /// <summary>The query for the jobs that match, those that began last first, at most <paramref name="count"/>.</summary>
    /// <exception cref="InvalidPositionException">The cursor was not made by such a query.</exception>
    /// <exception cref="ArgumentException">A filter has over 100 values or words, or a word over 1,000 characters.</exception>
    public static SqlQuery Build(JobListQuery query, SqlDialect dialect, int count)
    {
        var filter = new SqlFilter(dialect);
        filter.RequireOneOf("j.status", query.Statuses, "status");
        // As the values were fitted when they were written.
        filter.RequireOneOf("j.job_type", [.. query.JobTypes.Select(type => ColumnText.Fit(type, ColumnLengths.Name))], "job_type");
        // A job reaches from its first entry to its last.
        filter.RequireTime("j.last_at", query.From, to: null);
        filter.RequireTime("j.first_at", from: null, query.To);
        foreach (var word in SqlFilter.CheckWords(query.Text, "q"))
        {
            var pattern = filter.Value(dialect.Pattern(ColumnText.Fit(word)));
            filter.Require($"({string.Join(" OR ", Searched.Select(column => dialect.Contains(column, pattern)))})");
        }

        if (query.Cursor is { } cursor) RequireAfter(filter, JobListCursor.Decode(cursor));
        return SqlQuery.Raw(dialect.Take($"{JobRowReader.Columns}\nFROM jobs AS j\n{filter.Where}", "j.first_at DESC, j.job_id DESC", filter.Value(count)), filter.Parameters);
    }

    private static void RequireAfter(SqlFilter filter, JobListCursor cursor)
    {
        var (time, job) = (filter.Value(cursor.FirstAt), filter.Value(cursor.JobId));
        // The first condition says nothing that the second does not, but it is the one that an index can start at.
        filter.Require($"j.first_at <= {time}");
        filter.Require($"(j.first_at < {time} OR j.job_id < {job})");
    }
}
