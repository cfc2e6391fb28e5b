using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// Writes the SQL of a <see cref="JobLogQuery"/>: from each journal the entries after its number, and from all of these the first by id.
/// </summary>
internal static class JobLogSearch
{
    /// <summary>Returns the SQL for the first <paramref name="count"/> entries that match, in order of id.</summary>
    /// <param name="query">The query; its cursor is ignored.</param>
    /// <param name="dialect">How the engine writes it.</param>
    /// <param name="after">The journals to read, each with the number to read after; at least one, at most 100.</param>
    /// <param name="count">The most entries.</param>
    /// <param name="upTo">By the journals, the numbers to read up to; <see langword="null"/> to read to the end.</param>
    public static SqlQuery Build(
        JobLogQuery query,
        SqlDialect dialect,
        IReadOnlyList<KeyValuePair<long, long>> after,
        int count,
        IReadOnlyDictionary<long, long>? upTo = null)
    {
        var filter = Conditions(query, dialect);
        var most = filter.Count(count);
        var last = query.Tail is { } tail ? filter.Count(tail) : null;
        var parts = new JournalParts(filter, dialect, "job_logs", "l", JobLogRowReader.Columns, "id");
        var text = parts.Take(after, descending: last is not null, last ?? most, upTo);
        if (last is not null) text = dialect.Take($"l.* FROM (\n{text}) AS l", "l.id", most);
        return SqlQuery.Raw(text, filter.Parameters);
    }

    /// <summary>
    /// Returns the SQL for the first <paramref name="count"/> entries between numbers, in order of id; or the last of them, the last one
    /// first.
    /// </summary>
    /// <param name="query">The query; its cursor and tail are ignored.</param>
    /// <param name="dialect">How the engine writes it.</param>
    /// <param name="after">The journals to read, each with the number to read after; at least one, at most 100.</param>
    /// <param name="upTo">By the journals, the numbers to read up to; <see langword="null"/> to read to the end.</param>
    /// <param name="descending">Reads the last entries, the last one first.</param>
    /// <param name="count">The most entries.</param>
    public static SqlQuery Scan(
        JobLogQuery query,
        SqlDialect dialect,
        IReadOnlyList<KeyValuePair<long, long>> after,
        IReadOnlyDictionary<long, long>? upTo,
        bool descending,
        int count)
    {
        var filter = Conditions(query, dialect);
        var parts = new JournalParts(filter, dialect, "job_logs", "l", JobLogRowReader.Columns, "id");
        return SqlQuery.Raw(parts.Take(after, descending, filter.Count(count), upTo), filter.Parameters);
    }

    /// <summary>The conditions that engines compare; the others are in <see cref="JobMatcher"/>.</summary>
    private static SqlFilter Conditions(JobLogQuery query, SqlDialect dialect)
    {
        var filter = new SqlFilter(dialect);
        filter.Require($"l.job_id = {filter.Value(JobIds.Shorten(query.JobId))}");
        RequireLevel(filter, query.MinimumLevel);
        filter.RequireTime("l.timestamp", query.From, query.To);
        return filter;
    }

    private static void RequireLevel(SqlFilter filter, LogLevel minimum)
    {
        if (minimum <= LogLevel.Trace) return;
        var levels = Enum.GetValues<LogLevel>().Where(level => level >= minimum).Select(level => level.ToString()).ToArray();
        filter.RequireOneOf("l.level", levels, nameof(JobLogQuery.MinimumLevel));
    }
}
