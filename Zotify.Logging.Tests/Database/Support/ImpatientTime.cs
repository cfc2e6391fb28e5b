using System.Threading.Channels;
using Zotify.Logging.Common;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// A clock for which every wait after a failure is over at once. It returns how long each would have been. Longer waits than those, until
/// an idle database is checked again, end when a test ends them.
/// </summary>
internal sealed class ImpatientTime : TimeProvider
{
    private static readonly TimeSpan LongestAfterFailure = TimeSpan.FromSeconds(10);

    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();
    private readonly Channel<ITimer> _idle = Channel.CreateUnbounded<ITimer>();

    public int WaitCount => _waits.Reader.Count;

    public ValueTask<TimeSpan> NextWaitAsync(CancellationToken cancellationToken) => _waits.Reader.ReadAsync(cancellationToken);

    /// <summary>Ends the next of the longer waits, when it has begun.</summary>
    public async Task EndIdleWaitAsync(CancellationToken cancellationToken) =>
        (await _idle.Reader.ReadAsync(cancellationToken)).Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > LongestAfterFailure && dueTime != RetrySchedule.Permanent)
        {
            var timer = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
            _idle.Writer.TryWrite(timer);
            return timer;
        }

        _waits.Writer.TryWrite(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
