namespace Zotify.Logging.Queries;

/// <summary>The existing event types, with their counts.</summary>
/// <param name="Items">The types, those with most events first.</param>
/// <param name="Behind">How many records the database is behind the journals; 0 when nothing is missing.</param>
internal sealed record AuditTypeCounts(IReadOnlyList<AuditTypeCount> Items, long Behind);
