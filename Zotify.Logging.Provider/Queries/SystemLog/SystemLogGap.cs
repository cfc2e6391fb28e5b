namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>The position to go on after is gone; the oldest line that is left comes next.</summary>
/// <param name="Position">Opaque: where to go on after this item.</param>
public sealed record SystemLogGap(string Position) : SystemLogItem(Position);
