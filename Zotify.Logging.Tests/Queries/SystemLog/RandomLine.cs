using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using Zotify.Logging.Tests.Terms;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>
/// A line of the system log, and a plain comparison of it with a query, which knows nothing of how the log is read. What is only text has
/// no record.
/// </summary>
internal sealed record RandomLine(string Id, string Text, LogRecord? Record, SystemLogFormat Format)
{
    public static readonly string[] Categories = ["Zotify.Auth", "Zotify.Audit", "Shop"];
    public static readonly string[] Traces = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b700f067aa0ba902b7"];
    public static readonly string[] Jobs = ["load", "Load", "sync \"ü\""];

    public DateTime Minute { get; } =
        Record is null ? default : Record.Timestamp.UtcDateTime.AddTicks(-(Record.Timestamp.Ticks % TimeSpan.TicksPerMinute));

    /// <summary>A line, of another time than its neighbours.</summary>
    public static RandomLine Next(Random random, int number)
    {
        var text = RandomTerms.Sentence(random);
        if (random.Next(12) == 0) return new RandomLine($"f{number}", $"f{number} {text}", null, default);
        var values = new List<KeyValuePair<string, object?>> { new("color", RandomTerms.Sentence(random)), new(RandomTerms.Sentence(random), 42) };
        if (random.Next(2) == 0) values.Add(new("job_id", random.GetItems(Jobs, 1)[0]));
        var record = new LogRecord
        {
            Timestamp = SystemLogFolder.Time.AddSeconds(random.Next(600)),
            Level = (LogLevel)random.Next(6),
            Category = random.GetItems(Categories, 1)[0],
            EventId = random.Next(3) switch { 0 => default, 1 => new EventId(1_001), _ => new EventId(7, "user.login") },
            Message = $"n{number} {text}",
            Exception = random.Next(4) == 0 ? $"{RandomTerms.Sentence(random)}\n   at {RandomTerms.Sentence(random)}" : null,
            TraceId = random.Next(3) == 0 ? null : random.GetItems(Traces, 1)[0],
            Properties = values,
            Scope = random.Next(3) == 0 ? [new("note", new List<object?> { RandomTerms.Sentence(random) })] : [],
        };
        return new RandomLine($"n{number}", "", record, random.Next(2) == 0 ? SystemLogFormat.Json : SystemLogFormat.Text);
    }

    public bool Matches(SystemLogQuery query, RandomTerms terms)
    {
        if (!IsOne("test", query.Instances, query.ExcludedInstances)) return false;
        if (Record is null)
        {
            return query.MinimumLevel == LogLevel.Trace
                && query.Categories.Count + query.TraceIds.Count + query.JobIds.Count == 0
                && terms.Matches([Text]);
        }

        var job = Format == SystemLogFormat.Json ? Record.Properties.FirstOrDefault(value => value.Key == "job_id").Value as string : null;
        return Record.Level >= query.MinimumLevel
            && !query.ExcludedLevels.Contains(Record.Level)
            && (query.Categories.Count == 0 || query.Categories.Any(IsCategory))
            && !query.ExcludedCategories.Any(IsCategory)
            && IsOne(Record.TraceId, query.TraceIds, query.ExcludedTraceIds)
            && IsOne(job, query.JobIds, query.ExcludedJobIds)
            && !(Record.Timestamp < query.Since) && !(Record.Timestamp >= query.Until)
            && terms.Matches([.. Fields(job)]);
    }

    private bool IsCategory(string prefix) => Record!.Category.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static bool IsOne(string? value, IReadOnlyList<string> required, IReadOnlyList<string> excluded) =>
        (required.Count == 0 || required.Any(one => one == value)) && !excluded.Any(one => one == value);

    private IEnumerable<string> Fields(string? job)
    {
        var number = Record!.EventId.Id == 0 ? null : $"{Record.EventId.Id}";
        string?[] all = [Record.Message, Record.EventId.Name ?? number, Record.Category, Record.TraceId, Record.Exception, job];
        var fields = all.OfType<string>();
        if (Format == SystemLogFormat.Text) return fields;
        var values = Record.Properties.Where(value => value.Key != "job_id").Concat(Record.Scope);
        return fields.Concat(values.SelectMany(value =>
            (value.Value is List<object?> list ? list : [value.Value]).Prepend(value.Key).Select(one => $"{one}")));
    }
}
