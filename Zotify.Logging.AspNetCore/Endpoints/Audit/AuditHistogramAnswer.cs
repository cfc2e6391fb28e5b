using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>The audit events over time.</summary>
/// <param name="Interval">The length of a bucket, hours or days: 6h.</param>
/// <param name="Items">The buckets in order, those without events included.</param>
/// <param name="Complete">Only where the database is behind the journals: <c>false</c>.</param>
/// <param name="Behind">How many records it is behind.</param>
internal sealed record AuditHistogramAnswer(
    string Interval,
    IReadOnlyList<AuditBucket> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null);
