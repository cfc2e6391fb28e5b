using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>Maps the properties of queries, which their exceptions name, to the parameters of requests.</summary>
internal static class ParameterNames
{
    private const string Details = $"{nameof(AuditQuery.Details)}.";

    private static readonly Dictionary<string, string> ByProperty = new(StringComparer.Ordinal)
    {
        [nameof(AuditQuery.UserIds)] = "user_id",
        [nameof(AuditQuery.EventTypes)] = "event_type",
        [nameof(AuditQuery.SourceIps)] = "source_ip",
        [nameof(AuditQuery.TraceIds)] = "trace_id",
        [nameof(AuditQuery.Instances)] = "instance",
        [nameof(AuditQuery.Text)] = "q",
        [nameof(AuditQuery.Limit)] = "limit",
        [nameof(AuditQuery.Cursor)] = "cursor",
        [nameof(AuditStreamQuery.Tail)] = "tail",
        [nameof(AuditStreamQuery.After)] = "after",
        [nameof(SystemLogQuery.Before)] = "before",
        [nameof(SystemLogQuery.Categories)] = "category",
        [nameof(SystemLogQuery.MinimumLevel)] = "level",
        [nameof(JobListQuery.Statuses)] = "status",
        [nameof(JobListQuery.JobTypes)] = "job_type",
    };

    /// <summary>The parameter of a property. Any other name is returned unchanged: it is the name of an argument and of its
    /// parameter.</summary>
    public static string Of(string property) =>
        ByProperty.TryGetValue(property, out var parameter) ? parameter
        : property.StartsWith(Details, StringComparison.Ordinal) ? DetailOf(property[Details.Length..])
        : property;

    private static string DetailOf(string path) => path.StartsWith('[') ? $"details{path}" : $"details.{path}";
}
