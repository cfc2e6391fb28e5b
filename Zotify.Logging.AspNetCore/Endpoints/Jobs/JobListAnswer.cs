using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>A page of jobs.</summary>
/// <param name="Items">The jobs, those that began last first.</param>
/// <param name="NextCursor">The parameter <c>cursor</c> of the next page; <c>null</c> on the last one.</param>
/// <param name="Complete">Only where the database is behind the journals: <c>false</c>.</param>
/// <param name="Behind">How many records it is behind.</param>
internal sealed record JobListAnswer(
    IReadOnlyList<JobSummary> Items,
    string? NextCursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null);
