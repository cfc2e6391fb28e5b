using System.Text.Json;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Terms;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>A line of the audit journal, compared with a query by nothing but its JSON.</summary>
internal sealed class RandomEvent(long seq, JsonElement line)
{
    private static readonly string[] Texts = ["message", "exception", "event_type", "user_id", "source_ip", "category", "trace_id"];

    private readonly string[] _fields =
    [
        .. Texts.Select(name => Text(line, name)).OfType<string>(), .. Leaves(line, "details"), .. Leaves(line, "scope"),
    ];

    public long Seq => seq;

    public DateTime Time { get; } = line.GetProperty("timestamp").GetDateTime().ToUniversalTime();

    public bool Matches(AuditQuery query, RandomTerms terms) =>
        IsOne("user_id", query.UserIds, query.ExcludedUserIds)
        && IsOne("source_ip", query.SourceIps, query.ExcludedSourceIps)
        && IsOne("trace_id", query.TraceIds, query.ExcludedTraceIds)
        && IsOne("instance", query.Instances, query.ExcludedInstances)
        && IsOne("event_type", query.EventTypes, query.ExcludedEventTypes)
        && query.Details.All(condition => HasDetail(condition.Key, condition.Value))
        && !query.ExcludedDetails.Any(condition => HasDetail(condition.Key, condition.Value))
        && !(Time < query.From) && !(Time >= query.To)
        && terms.Matches(_fields);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<string> Leaves(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? Leaves(value) : [];

    private static IEnumerable<string> Leaves(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Leaves(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.String => [json.GetString()!],
        _ => [json.GetRawText()],
    };

    private bool IsOne(string name, IReadOnlyList<string> required, IReadOnlyList<string> excluded)
    {
        var value = Text(line, name);
        return (required.Count == 0 || required.Any(IsValue)) && !excluded.Any(IsValue);

        bool IsValue(string wanted) => value is not null && (name == "event_type" && wanted.EndsWith('*')
            ? value.StartsWith(wanted[..^1], StringComparison.Ordinal)
            : value == wanted);
    }

    private bool HasDetail(string path, IReadOnlyList<string> values) => line.TryGetProperty("details", out var details)
        && Below(details, path.Trim('[', ']').Split(["][", "."], StringSplitOptions.None)).Any(
            value => values.Contains(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));

    /// <summary>The values below the names; the elements of a list go by its name.</summary>
    private static IEnumerable<JsonElement> Below(JsonElement json, string[] names)
    {
        IEnumerable<JsonElement> found = [json];
        foreach (var name in names)
        {
            found = found.Where(one => one.ValueKind == JsonValueKind.Object && one.TryGetProperty(name, out _)).Select(one => one.GetProperty(name))
                .SelectMany(value => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : (IEnumerable<JsonElement>)[value]).ToList();
        }

        return found.Where(value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False);
    }
}
