using Microsoft.Extensions.Logging;
using Zotify.Logging.Provider.Database.Sql;
using Zotify.Logging.Provider.Database;

namespace Zotify.Logging.Provider.Queries.Jobs;

/// <summary>Puts a <see cref="JobLogQuery"/> in SQL.</summary>
internal static class JobLogSearch
{
    /// <summary>The query for the entries that match, in order of id, at most <paramref name="count"/>.</summary>
    /// <exception cref="InvalidPositionException">The position was not made by a query of jobs.</exception>
    /// <exception cref="ArgumentException">There are over 100 words, or one of over 1,000 characters.</exception>
    public static SqlQuery Build(JobLogQuery query, SqlDialect dialect, int count)
    {
        var filter = new SqlFilter(dialect);
        filter.Require($"l.job_id = {filter.Value(JobIds.Shorten(query.JobId))}");
        if (query.After is { } after) filter.Require($"l.id > {filter.Value(JobPosition.Decode(after))}");
        RequireLevel(filter, query.MinimumLevel);
        filter.RequireTime("l.timestamp", query.From, query.To);
        filter.RequireWords(query.Text, "l.message", jsonColumn: null, "q");
        var matches = $"SELECT l.* FROM job_logs AS l\n{filter.Where}";
        if (query.Tail is { } tail)
        {
            matches = $"SELECT l.* FROM ({matches}\nORDER BY l.id DESC {dialect.Limit(filter.Value(tail))}) AS l";
        }

        return new SqlQuery($"{matches}\nORDER BY l.id {dialect.Limit(filter.Value(count))}", filter.Parameters);
    }

    private static void RequireLevel(SqlFilter filter, LogLevel minimum)
    {
        if (minimum <= LogLevel.Trace) return;
        var levels = Enum.GetValues<LogLevel>().Where(level => level >= minimum).Select(level => level.ToString()).ToArray();
        filter.RequireOneOf("l.level", levels, "level");
    }
}
