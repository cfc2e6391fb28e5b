namespace Zotify.Logging.Queries;

/// <summary>What a reader of a job's log gets.</summary>
/// <param name="Position">Opaque: where to go on after this item.</param>
public abstract record JobLogItem(string Position) : IPositioned;
