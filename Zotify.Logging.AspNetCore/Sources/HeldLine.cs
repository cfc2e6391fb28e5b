using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>A line that waits for its place in the order of time.</summary>
/// <param name="Item">The line, or a gap.</param>
/// <param name="Time">Its time; that of the line before it where it has none, or one that is ahead.</param>
/// <param name="ArrivedAt">When it arrived, in timestamps of the clock.</param>
/// <param name="Size">Its size, in characters.</param>
internal readonly record struct HeldLine(LogItem<SystemLogEntry> Item, DateTimeOffset Time, long ArrivedAt, int Size);
