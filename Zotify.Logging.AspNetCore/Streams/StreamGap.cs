namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>Which lines are missing.</summary>
/// <param name="From">The requested position, or the position of the last line before the missing ones.</param>
/// <param name="To">The position where the log continues.</param>
/// <param name="FromTime">The time of the last line before the missing ones, where it is known.</param>
/// <param name="ToTime">The time of the first line after the missing ones, where it is known.</param>
/// <param name="Instance">The instance whose lines are missing, in a stream of several.</param>
internal sealed record StreamGap(string From, string To, DateTimeOffset? FromTime, DateTimeOffset? ToTime, string? Instance = null);
