using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>Maps the properties of queries, which their exceptions name, to the parameters of requests.</summary>
internal static class ParameterNames
{
    private const string Details = $"{nameof(AuditQuery.Details)}.";
    private const string ExcludedDetails = $"{nameof(AuditQuery.ExcludedDetails)}.";

    private static readonly Dictionary<string, string> ByProperty = new(StringComparer.Ordinal)
    {
        [nameof(AuditQuery.UserIds)] = "user_id",
        [nameof(AuditQuery.EventTypes)] = "event_type",
        [nameof(AuditQuery.SourceIps)] = "source_ip",
        [nameof(AuditQuery.TraceIds)] = "trace_id",
        [nameof(AuditQuery.Instances)] = "instance",
        [nameof(AuditQuery.ExcludedUserIds)] = "user_id.not",
        [nameof(AuditQuery.ExcludedEventTypes)] = "event_type.not",
        [nameof(AuditQuery.ExcludedSourceIps)] = "source_ip.not",
        [nameof(AuditQuery.ExcludedTraceIds)] = "trace_id.not",
        [nameof(AuditQuery.ExcludedInstances)] = "instance.not",
        [nameof(AuditQuery.Text)] = "q",
        [nameof(AuditQuery.Limit)] = "limit",
        [nameof(AuditQuery.Cursor)] = "cursor",
        [nameof(AuditStreamQuery.Tail)] = "tail",
        [nameof(AuditStreamQuery.After)] = "after",
        [nameof(SystemLogQuery.Before)] = "before",
        [nameof(SystemLogQuery.Through)] = "through",
        [nameof(SystemLogQuery.JobIds)] = "job_id",
        [nameof(SystemLogQuery.ExcludedJobIds)] = "job_id.not",
        [nameof(SystemLogQuery.Categories)] = "category",
        [nameof(SystemLogQuery.ExcludedCategories)] = "category.not",
        [nameof(SystemLogQuery.MinimumLevel)] = "level",
        [nameof(SystemLogQuery.ExcludedLevels)] = "level.not",
        [nameof(JobListQuery.Statuses)] = "status",
        [nameof(JobListQuery.JobTypes)] = "job_type",
        [nameof(JobListQuery.Order)] = "order",
        [nameof(JobListQuery.ExcludedStatuses)] = "status.not",
        [nameof(JobListQuery.ExcludedJobTypes)] = "job_type.not",
    };

    /// <summary>The parameter of a property. Any other name is returned unchanged: it is the name of an argument and of its
    /// parameter.</summary>
    public static string Of(string property) =>
        ByProperty.TryGetValue(property, out var parameter) ? parameter
        : property.StartsWith(Details, StringComparison.Ordinal) ? DetailOf(property[Details.Length..])
        : property.StartsWith(ExcludedDetails, StringComparison.Ordinal) ? $"{DetailOf(property[ExcludedDetails.Length..])}.not"
        : property;

    private static string DetailOf(string path) => path.StartsWith('[') ? $"details{path}" : $"details.{path}";
}
