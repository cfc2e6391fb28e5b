namespace Zotify.Logging.Queries;

/// <summary>All events that a search found.</summary>
/// <param name="Events">The events, in order. They are read while they are enumerated, once.</param>
/// <param name="Behind">How many records the database is behind the journals; 0 when nothing is missing.</param>
internal sealed record AuditExport(IAsyncEnumerable<AuditEvent> Events, long Behind);
