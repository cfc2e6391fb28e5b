namespace Zotify.Logging.Queries;

/// <summary>The values of some fields, with their counts.</summary>
/// <param name="Items">The fields.</param>
/// <param name="Count">The number of events that were counted.</param>
/// <param name="StoppedAt">
/// The time of the oldest event that was counted, where the counting stopped because going on would have taken long; otherwise
/// <see langword="null"/>.
/// </param>
/// <param name="Behind">How many records the database is behind the journals; 0 when nothing is missing.</param>
internal sealed record AuditFacetValues(IReadOnlyList<AuditFacet> Items, long Count, DateTime? StoppedAt, long Behind);
