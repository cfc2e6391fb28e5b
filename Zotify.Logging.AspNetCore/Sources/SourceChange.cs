using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>A source of a merged stream is away, or is back. Nothing of it is lost: it goes on where it was.</summary>
/// <param name="Cursor">Opaque: hand it back to go on after this item.</param>
/// <param name="Name">The source.</param>
/// <param name="Reason">Why it is away; <see langword="null"/> where it is back.</param>
/// <param name="Since">Since when, in UTC.</param>
internal sealed record SourceChange(string Cursor, string Name, string? Reason, DateTimeOffset Since) : LogItem<SystemLogEntry>(Cursor);
