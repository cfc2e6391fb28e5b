namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>Which lines are missing.</summary>
/// <param name="From">The position that was asked for, or of the last line before them.</param>
/// <param name="To">The position where the log goes on.</param>
/// <param name="FromTime">The time of the last line before them, where it is known.</param>
/// <param name="ToTime">The time of the first line after them, where it is known.</param>
internal sealed record StreamGap(string From, string To, DateTimeOffset? FromTime, DateTimeOffset? ToTime);
