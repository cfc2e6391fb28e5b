using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>The result of waiting for a job.</summary>
/// <param name="Job">The job as it is now.</param>
/// <param name="Ended">Whether it is no longer running; otherwise the timeout passed.</param>
/// <param name="Complete">Only where the database is behind the journals: <c>false</c>.</param>
/// <param name="Behind">How many records it is behind.</param>
internal sealed record JobWaitAnswer(
    JobSummary Job,
    bool Ended,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null);
