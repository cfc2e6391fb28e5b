using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>Puts a <see cref="JobLogQuery"/> in SQL: of each journal the entries after its position, and of those the first by id.</summary>
internal static class JobLogSearch
{
    /// <summary>The query for the entries that match, in order of id, at most <paramref name="count"/>.</summary>
    /// <param name="query">What is asked for; its position is not looked at.</param>
    /// <param name="dialect">How the engine puts it.</param>
    /// <param name="after">The journals to read, each with the number after which; at least one, and far fewer than a query takes parts.</param>
    /// <param name="count">The most entries.</param>
    /// <exception cref="ArgumentException">There are over 100 words, or one of over 1,000 characters.</exception>
    public static SqlQuery Build(JobLogQuery query, SqlDialect dialect, IReadOnlyList<KeyValuePair<long, long>> after, int count)
    {
        var filter = new SqlFilter(dialect);
        filter.Require($"l.job_id = {filter.Value(JobIds.Shorten(query.JobId))}");
        RequireLevel(filter, query.MinimumLevel);
        filter.RequireTime("l.timestamp", query.From, query.To);
        filter.RequireWords(query.Text, "l.message", jsonColumn: null, "q");
        var most = filter.Value(count);
        var last = query.Tail is { } tail ? filter.Value(tail) : null;
        var text = new JournalParts(filter, dialect, "job_logs", "l", JobLogRowReader.Columns, "id").Take(after, descending: last is not null, last ?? most);
        if (last is not null) text = dialect.Take($"l.* FROM (\n{text}) AS l", "l.id", most);
        return SqlQuery.Raw(text, filter.Parameters);
    }

    private static void RequireLevel(SqlFilter filter, LogLevel minimum)
    {
        if (minimum <= LogLevel.Trace) return;
        var levels = Enum.GetValues<LogLevel>().Where(level => level >= minimum).Select(level => level.ToString()).ToArray();
        filter.RequireOneOf("l.level", levels, "level");
    }
}
