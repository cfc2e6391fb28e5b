using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>A job's progress over time.</summary>
/// <param name="Job">The job.</param>
/// <param name="Items">Parts of the job's time that have progress, warnings or errors, in order.</param>
/// <param name="Sampled">Whether only a part of the entries was read: warnings and errors between them are not counted.</param>
/// <param name="Complete">Only where the database is behind the journals: <c>false</c>.</param>
/// <param name="Behind">How many records it is behind.</param>
internal sealed record JobProgressAnswer(
    JobSummary Job,
    IReadOnlyList<JobProgressPoint> Items,
    bool Sampled,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null);
