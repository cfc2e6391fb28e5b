using Microsoft.Extensions.Logging;

namespace Zotify.Logging;

/// <summary>
/// Lowers the level of some log calls for a while. Created by <see cref="LoggingService.Override"/>. Dispose it to end it early; otherwise
/// it ends at <see cref="Expires"/>, or with the process. Immutable and thread-safe.
/// </summary>
public sealed class LevelOverride : IDisposable
{
    /// <summary>The longest time that an override may last: 24 hours.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly Action<LevelOverride> _end;

    internal LevelOverride(LevelOverrideMatch match, LogLevel level, DateTimeOffset expires, Action<LevelOverride> end)
    {
        (Match, Level, Expires) = (match, level, expires);
        _end = end;
    }

    /// <summary>The calls that it applies to.</summary>
    public LevelOverrideMatch Match { get; }

    /// <summary>The lowest level that it allows.</summary>
    public LogLevel Level { get; }

    /// <summary>When it ends unless it is disposed before, in UTC.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>Ends the override. Returns once later calls no longer match. Does nothing if it has already ended.</summary>
    public void Dispose() => _end(this);
}
