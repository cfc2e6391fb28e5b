using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Zotify.Logging.Tests.Support;

/// <summary>A clock that does not move until a test advances it, and that reports when somebody waits on it.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Returns how long the next wait will be, once it has begun.</summary>
    public ValueTask<TimeSpan> NextWaitAsync(CancellationToken cancellationToken) => _waits.Reader.ReadAsync(cancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }
}
