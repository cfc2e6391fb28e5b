using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>A page of jobs.</summary>
/// <param name="Items">The jobs, in the order that was asked for.</param>
/// <param name="NextCursor">The parameter <c>cursor</c> of the next page; <c>null</c> on the last one.</param>
/// <param name="Totals">How many jobs of each status match the other filters.</param>
/// <param name="Overdue">
/// The job types that should have run and did not, by the setting <c>Handlers:Jobs:ExpectedEvery</c>, whatever the filters are.
/// </param>
/// <param name="Complete">
/// Only where something may be missing: <c>false</c>. Either the database is behind the journals, or the search stopped because going on
/// would have taken long; then the cursor goes on there.
/// </param>
/// <param name="Behind">How many records the database is behind the journals.</param>
internal sealed record JobListAnswer(
    IReadOnlyList<JobSummary> Items,
    string? NextCursor,
    JobTotals Totals,
    IReadOnlyList<OverdueJobType> Overdue,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null);
