namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Whether a source can be read. Immutable.</summary>
/// <param name="Away">Why it cannot be read; <see langword="null"/> while it can.</param>
/// <param name="Since">Since when, in UTC.</param>
internal sealed record SourceState(string? Away, DateTimeOffset Since)
{
    /// <summary>A source of which nothing else is known.</summary>
    public static SourceState Present { get; } = new(null, DateTimeOffset.MinValue);
}
