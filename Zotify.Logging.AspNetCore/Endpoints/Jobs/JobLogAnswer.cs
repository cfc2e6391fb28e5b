using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>A page of a job's log.</summary>
/// <param name="Job">The job.</param>
/// <param name="Items">The entries, in order of id.</param>
/// <param name="NextAfter">The parameter <c>after</c> of the next page.</param>
/// <param name="NextBefore">
/// The parameter <c>before</c> of the page before, where <c>tail</c> says how many; <c>null</c> where nothing is before this page.
/// </param>
/// <param name="More">Whether there are entries after this page now.</param>
/// <param name="Complete">
/// Only where something may be missing: <c>false</c>. Either the database is behind the journals, or the search stopped because going on
/// would have taken long; then the cursor goes on there.
/// </param>
/// <param name="Behind">How many records the database is behind the journals.</param>
/// <param name="SearchedTo">Where the search stopped: the time of the last one that was compared.</param>
internal sealed record JobLogAnswer(
    JobSummary Job,
    IReadOnlyList<JobLogEntry> Items,
    string? NextAfter,
    string? NextBefore,
    bool More,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? SearchedTo = null);
