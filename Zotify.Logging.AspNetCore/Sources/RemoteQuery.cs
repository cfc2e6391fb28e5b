using System.Globalization;
using System.Text;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The parameters of a request to another instance. It is asked for its own log only: two instances that know each other would otherwise
/// ask each other without end. Pure functions.
/// </summary>
internal static class RemoteQuery
{
    /// <summary>The parameters of a stream.</summary>
    public static string OfStream(SystemLogQuery query, int limit)
    {
        var text = Filters(query);
        Add(text, "follow", query.Follow ? "true" : "false");
        if (query.Tail is { } tail) Add(text, "tail", tail.ToString(CultureInfo.InvariantCulture));
        if (query.After is { } after) Add(text, "after", after);
        if (query.Before is { } before) Add(text, "before", before);
        if (query.Through is { } through) Add(text, "through", through);
        if (limit < int.MaxValue) Add(text, "limit", limit.ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }

    /// <summary>The parameters of a histogram.</summary>
    public static string OfHistogram(SystemLogQuery query, string? interval)
    {
        var text = Filters(query);
        if (interval is not null) Add(text, "interval", interval);
        return text.ToString();
    }

    /// <summary>The parameters of the filters alone: the same text for queries that select the same.</summary>
    public static string OfFilters(SystemLogQuery query) => Filters(query).ToString();

    private static StringBuilder Filters(SystemLogQuery query)
    {
        var text = new StringBuilder("?sources=own");
        if (query.Since is { } from) Add(text, "from", UtcTimeJson.Text(from));
        if (query.Until is { } to) Add(text, "to", UtcTimeJson.Text(to));
        if (query.MinimumLevel > LogLevel.Trace) Add(text, "level", query.MinimumLevel.ToString());
        if (query.Text is { } terms) Add(text, "q", terms);
        AddAll(text, "category", query.Categories);
        AddAll(text, "trace_id", query.TraceIds);
        AddAll(text, "job_id", query.JobIds);
        AddAll(text, "level.not", query.ExcludedLevels.Select(level => level.ToString()));
        AddAll(text, "category.not", query.ExcludedCategories);
        AddAll(text, "trace_id.not", query.ExcludedTraceIds);
        AddAll(text, "job_id.not", query.ExcludedJobIds);
        return text;
    }

    private static void AddAll(StringBuilder text, string name, IEnumerable<string> values)
    {
        foreach (var value in values) Add(text, name, value);
    }

    private static void Add(StringBuilder text, string name, string value) =>
        text.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
}
