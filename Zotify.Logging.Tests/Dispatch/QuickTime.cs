namespace Zotify.Logging.Tests.Dispatch;

/// <summary>A clock for which the waits between attempts are over at once. Longer waits last.</summary>
internal sealed class QuickTime : TimeProvider
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime <= LongestRetry && dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
}
