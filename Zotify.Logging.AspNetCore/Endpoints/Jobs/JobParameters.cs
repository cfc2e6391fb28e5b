using Microsoft.AspNetCore.Http.HttpResults;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>Which job a request is about.</summary>
internal static class JobParameters
{
    /// <summary>
    /// The id as a parameter: clients and servers take a segment <c>.</c> or <c>..</c> out of a path before anybody sees it.
    /// </summary>
    public static readonly QueryParameter Id =
        new("job_id", "The job's id, where it cannot be a part of a path (`.` or `..`): it wins over the path's, which is `-` then.");

    /// <summary>The terms that are searched for in entries.</summary>
    public static readonly QueryParameter Terms =
        SearchParameter.Of("message, exception, event, category, trace, and the names and values of the properties");

    /// <summary>Levels that are left out.</summary>
    public static readonly QueryParameter ExcludedLevels = QueryParameter.ExcludedOf("level", "Not this level", QueryReader.LevelNames);

    /// <summary>The job's id.</summary>
    /// <param name="reader">The parameters.</param>
    /// <param name="ofPath">The id in the path.</param>
    public static string IdOf(QueryReader reader, string ofPath) => reader.Text(Id.Name) ?? ofPath;

    /// <summary>The answer to a job that is not there.</summary>
    public static ProblemHttpResult Unknown(string jobId) =>
        TypedResults.Problem($"job_id: there is no job '{jobId}'.", statusCode: StatusCodes.Status404NotFound);
}
