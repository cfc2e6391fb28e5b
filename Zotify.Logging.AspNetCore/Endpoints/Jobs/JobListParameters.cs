using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>The filters of requests for jobs, all but the times.</summary>
internal static class JobListParameters
{
    private static readonly string[] Statuses = ["running", "stalled", "completed", "failed", "interrupted"];

    /// <summary>What must match.</summary>
    public static readonly QueryParameter[] Required =
    [
        QueryParameter.SeveralOf("status", "What became of the job", Statuses),
        QueryParameter.Texts("job_type", "The job's type"),
    ];

    /// <summary>The terms.</summary>
    public static readonly QueryParameter Terms = SearchParameter.Of("the job's id, type and last message");

    /// <summary>What must not match.</summary>
    public static readonly QueryParameter[] Excluded =
    [
        QueryParameter.ExcludedOf("status", "Not this status", Statuses),
        QueryParameter.Excluded("job_type", "Not this type; a job without a type stays"),
    ];

    /// <summary>All of them.</summary>
    public static readonly QueryParameter[] Filters = [.. Required, Terms, .. Excluded];

    /// <summary>Reads <see cref="Filters"/>.</summary>
    public static JobListQuery Read(QueryReader reader) => new()
    {
        Statuses = reader.SeveralOf("status", Statuses),
        JobTypes = reader.Texts("job_type"),
        Text = reader.Text("q"),
        ExcludedStatuses = reader.SeveralOf("status.not", Statuses),
        ExcludedJobTypes = reader.Texts("job_type.not"),
    };
}
