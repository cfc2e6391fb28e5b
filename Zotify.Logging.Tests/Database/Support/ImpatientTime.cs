using System.Threading.Channels;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// A clock for which every wait after a failure is over at once, and that tells how long each would have been. Longer waits
/// than those, for the next look at a database that has nothing to do, never end.
/// </summary>
internal sealed class ImpatientTime : TimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public int WaitCount => _waits.Reader.Count;

    public ValueTask<TimeSpan> NextWaitAsync(CancellationToken cancellationToken) => _waits.Reader.ReadAsync(cancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.FromSeconds(10)) return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        _waits.Writer.TryWrite(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
