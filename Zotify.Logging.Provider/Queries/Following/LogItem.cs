using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>
/// What a stream of a log gives out: an entry, a <see cref="LogGap{TEntry}"/>, a <see cref="LogIncomplete{TEntry}"/>, a
/// <see cref="LogBehind{TEntry}"/> or a <see cref="LogHeartbeat{TEntry}"/>. Immutable.
/// </summary>
/// <typeparam name="TEntry">The log's entries.</typeparam>
/// <param name="Cursor">Opaque: hand it back to go on after this item. <c>position</c> in JSON.</param>
public abstract record LogItem<TEntry>([property: JsonPropertyName("position")] string Cursor);
