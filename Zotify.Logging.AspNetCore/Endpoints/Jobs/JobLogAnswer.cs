using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>A page of a job's log.</summary>
/// <param name="Job">The job.</param>
/// <param name="Items">The entries, in order of id.</param>
/// <param name="NextAfter">The parameter <c>after</c> of the next page.</param>
/// <param name="More">Whether there are entries after this page now.</param>
/// <param name="Complete">Only where the database is behind the journals: <c>false</c>.</param>
/// <param name="Behind">How many records it is behind.</param>
internal sealed record JobLogAnswer(
    JobSummary Job,
    IReadOnlyList<JobLogEntry> Items,
    string? NextAfter,
    bool More,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null);
