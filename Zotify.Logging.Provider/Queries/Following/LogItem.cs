using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>
/// An item of a stream of a log: an entry, a <see cref="LogGap{TEntry}"/> or a <see cref="LogHeartbeat{TEntry}"/>. Immutable.
/// </summary>
/// <typeparam name="TEntry">The log's entries.</typeparam>
/// <param name="Cursor">Opaque: hand it back to go on after this item. <c>position</c> in JSON.</param>
public abstract record LogItem<TEntry>([property: JsonPropertyName("position")] string Cursor);
