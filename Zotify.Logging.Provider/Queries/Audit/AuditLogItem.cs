namespace Zotify.Logging.Queries;

/// <summary>What a reader of the stream of audit events gets.</summary>
/// <param name="Position">Opaque: where to go on after this item.</param>
public abstract record AuditLogItem(string Position) : IPositioned;
