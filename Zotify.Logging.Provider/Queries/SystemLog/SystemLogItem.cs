using Zotify.Logging.Provider.Queries.Following;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>What a reader of the system log gets.</summary>
/// <param name="Position">Opaque: where to go on after this item.</param>
public abstract record SystemLogItem(string Position) : IPositioned;
