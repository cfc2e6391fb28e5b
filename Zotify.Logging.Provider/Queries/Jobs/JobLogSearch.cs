using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// Writes the SQL of a <see cref="JobLogQuery"/>: from each journal the entries after its number, and from all of these the first by id.
/// </summary>
internal static class JobLogSearch
{
    /// <summary>What a reader sees of an entry.</summary>
    private static readonly string[] Searched = ["l.message", "l.exception", "l.event_name", "l.category"];

    /// <summary>Returns the SQL for the first <paramref name="count"/> entries that match, in order of id.</summary>
    /// <param name="query">The query; its cursor is ignored.</param>
    /// <param name="dialect">How the engine writes it.</param>
    /// <param name="after">The journals to read, each with the number to read after; at least one, at most 100.</param>
    /// <param name="count">The most entries.</param>
    /// <exception cref="ArgumentException">There are over 100 terms, or one of over 1,000 characters.</exception>
    public static SqlQuery Build(JobLogQuery query, SqlDialect dialect, IReadOnlyList<KeyValuePair<long, long>> after, int count)
    {
        var filter = new SqlFilter(dialect);
        filter.Require($"l.job_id = {filter.Value(JobIds.Shorten(query.JobId))}");
        RequireLevel(filter, query.MinimumLevel);
        filter.RequireTime("l.timestamp", query.From, query.To);
        filter.RequireTerms(query.Text, Searched, "l.properties", nameof(query.Text));
        var most = filter.Count(count);
        var last = query.Tail is { } tail ? filter.Count(tail) : null;
        var parts = new JournalParts(filter, dialect, "job_logs", "l", JobLogRowReader.Columns, "id");
        var text = parts.Take(after, descending: last is not null, last ?? most);
        if (last is not null) text = dialect.Take($"l.* FROM (\n{text}) AS l", "l.id", most);
        return SqlQuery.Raw(text, filter.Parameters);
    }

    private static void RequireLevel(SqlFilter filter, LogLevel minimum)
    {
        if (minimum <= LogLevel.Trace) return;
        var levels = Enum.GetValues<LogLevel>().Where(level => level >= minimum).Select(level => level.ToString()).ToArray();
        filter.RequireOneOf("l.level", levels, nameof(JobLogQuery.MinimumLevel));
    }
}
