using System.Text.Json.Serialization;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>The values of some fields of the audit events that match, with their counts.</summary>
/// <param name="Items">The fields.</param>
/// <param name="Counted">How many events match, as far as they were counted.</param>
/// <param name="Complete">
/// Only where something may be missing: <c>false</c>. Either the database is behind the journals, or older events were not counted, because
/// that would have taken long.
/// </param>
/// <param name="Behind">How many records the database is behind the journals.</param>
/// <param name="SearchedTo">The time of the oldest event that was counted, where older ones were not.</param>
internal sealed record AuditFacetsAnswer(
    IReadOnlyList<AuditFacetAnswer> Items,
    long Counted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? SearchedTo = null);
