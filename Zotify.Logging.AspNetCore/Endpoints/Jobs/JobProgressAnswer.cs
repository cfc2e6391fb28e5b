using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>A job's progress and trouble over time.</summary>
/// <param name="Job">The job.</param>
/// <param name="Items">The points in the order of time, those of stretches without an entry left out.</param>
/// <param name="Complete">
/// Only where something may be missing: <c>false</c>. Either the database is behind the journals, or the job has so many entries that only
/// a part of each stretch was counted.
/// </param>
/// <param name="Behind">How many records the database is behind the journals.</param>
internal sealed record JobProgressAnswer(
    JobSummary Job,
    IReadOnlyList<JobProgressPoint> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null);
