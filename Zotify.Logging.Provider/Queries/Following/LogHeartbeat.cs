namespace Zotify.Logging.Queries;

/// <summary>Reports that nothing matched for 15 seconds. Everything up to the cursor was read, as far as the database can be
/// read.</summary>
/// <typeparam name="TEntry">The log's entries.</typeparam>
/// <param name="Cursor">Opaque: hand it back to go on after this item.</param>
public sealed record LogHeartbeat<TEntry>(string Cursor) : LogItem<TEntry>(Cursor);
