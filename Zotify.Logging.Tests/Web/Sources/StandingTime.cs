namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>A clock whose time of day stands still unless a test sets it. Its timers and timestamps are those of another clock.</summary>
internal sealed class StandingTime(TimeProvider other) : TimeProvider
{
    /// <summary>The time of day.</summary>
    public DateTimeOffset Now { get; set; } = other.GetUtcNow();

    public override long TimestampFrequency => other.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => other.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        other.CreateTimer(callback, state, dueTime, period);
}
