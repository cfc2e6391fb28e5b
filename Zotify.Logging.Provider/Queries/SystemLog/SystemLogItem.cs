namespace Zotify.Logging.Queries;

/// <summary>What a reader of the system log gets.</summary>
/// <param name="Position">Opaque: where to go on after this item.</param>
public abstract record SystemLogItem(string Position) : IPositioned;
