namespace Zotify.Logging.Queries;

/// <summary>
/// Reports that the log does not have yet all that was logged before the query, in a stream that does not wait for it: what was read may
/// lack the newest entries.
/// </summary>
/// <typeparam name="TEntry">The log's entries.</typeparam>
/// <param name="Behind">How many records are missing.</param>
/// <param name="Cursor">Opaque: hand it back to go on after this item.</param>
public sealed record LogBehind<TEntry>(long Behind, string Cursor) : LogItem<TEntry>(Cursor);
