using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>The audit events over time.</summary>
/// <param name="Interval">The length of a bucket, minutes, hours or days: 6h.</param>
/// <param name="Items">The buckets in order, those without events included.</param>
/// <param name="Complete">
/// Only where something may be missing: <c>false</c>. Either the database is behind the journals, or older events were not counted, because
/// that would have taken long; then no bucket is before <c>searched_to</c>.
/// </param>
/// <param name="Behind">How many records the database is behind the journals.</param>
/// <param name="SearchedTo">The time of the oldest event that was counted, where older ones were not.</param>
internal sealed record AuditHistogramAnswer(
    string Interval,
    IReadOnlyList<AuditBucket> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? SearchedTo = null);
