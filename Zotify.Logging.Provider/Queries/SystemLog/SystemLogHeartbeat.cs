namespace Zotify.Logging.Queries;

/// <summary>Nothing matched for 15 seconds; everything up to the position was read.</summary>
/// <param name="Position">Opaque: where to go on after this item.</param>
public sealed record SystemLogHeartbeat(string Position) : SystemLogItem(Position);
