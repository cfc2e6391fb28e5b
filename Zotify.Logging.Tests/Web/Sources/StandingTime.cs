namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>A clock whose time of day stands still. Its timers and timestamps are those of another clock.</summary>
internal sealed class StandingTime(TimeProvider other) : TimeProvider
{
    private readonly DateTimeOffset _now = other.GetUtcNow();

    public override long TimestampFrequency => other.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => other.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        other.CreateTimer(callback, state, dueTime, period);
}
