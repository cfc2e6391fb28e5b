using Zotify.Logging.Provider.Queries.Audit;

namespace Zotify.Logging.Web.Endpoints.Audit;

/// <summary>The audit events over time.</summary>
/// <param name="Interval">The length of a bucket, hours or days: 6h.</param>
/// <param name="Items">The buckets in order, those without events included.</param>
internal sealed record AuditHistogramAnswer(string Interval, IReadOnlyList<AuditBucket> Items);
