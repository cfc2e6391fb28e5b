namespace Zotify.Logging.Queries;

/// <summary>Nothing matched for 15 seconds; everything up to the position was read, as far as the database could be.</summary>
/// <param name="Position">Opaque: where to go on after this item.</param>
public sealed record AuditLogHeartbeat(string Position) : AuditLogItem(Position);
