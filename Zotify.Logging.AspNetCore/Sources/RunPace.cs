using Zotify.Logging.Common;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// How far the subscribers of a run are. A run that is far ahead of most of them waits: what it published would be evicted before they have
/// it, and then each would have to read it alone, which takes far more of the processor that they lack. The slower half never holds it up.
/// Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RunPace(TimeProvider time)
{
    /// <summary>Nobody waits for a subscriber that has taken nothing for so long: its client does not read.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(5);

    private readonly AsyncSignal _changed = new();
    private readonly Lock _gate = new();
    private readonly List<MergedSlot> _joined = [];
    private readonly List<DateTimeOffset> _waiting = [];
    private long _awaited;

    /// <summary>
    /// Completes when a subscriber comes to the item that <see cref="HasToWait"/> named last, or one joins, leaves, or waits for the run.
    /// Get the task before that call.
    /// </summary>
    public Task Changed => _changed.Next;

    /// <summary>
    /// Whether the run has to wait, because too few of its subscribers have come to an item yet. It waits for nobody while it has yet to
    /// come to more subscribers than it has reached. Those that it has reached need a moment to join, and must not be passed by.
    /// </summary>
    /// <param name="number">The number of the item.</param>
    /// <param name="at">Up to when the run has given out everything.</param>
    /// <param name="share">The share of them that is enough, from 0 to 1; one of them at least.</param>
    public bool HasToWait(long number, DateTimeOffset at, double share)
    {
        lock (_gate)
        {
            _awaited = number;
            var near = _joined.Count(slot => slot.Next >= number);
            var moving = near + _joined.Count(slot => slot.Next < number && time.GetElapsedTime(slot.TakenAt) < StuckAfter);
            var reached = _waiting.Count(upTo => upTo <= at);
            return moving + reached > _waiting.Count - reached && near < Math.Max(1, share * (moving + reached));
        }
    }

    /// <summary>Takes note that a subscriber joined.</summary>
    public void Join(MergedSlot slot)
    {
        lock (_gate)
        {
            slot.TakenAt = time.GetTimestamp();
            _joined.Add(slot);
        }

        _changed.Set();
    }

    /// <summary>Takes note that a subscriber is gone, or fell behind.</summary>
    public void Leave(MergedSlot slot)
    {
        lock (_gate) _joined.Remove(slot);
        _changed.Set();
    }

    /// <summary>Takes note that a subscriber took everything before an item.</summary>
    public void Take(MergedSlot slot, long next)
    {
        bool isAwaited;
        lock (_gate)
        {
            isAwaited = slot.Next < _awaited && next >= _awaited;
            (slot.Next, slot.TakenAt) = (next, time.GetTimestamp());
        }

        if (isAwaited) _changed.Set();
    }

    /// <summary>Awaits a change for a subscriber that has not joined.</summary>
    /// <param name="change">The change.</param>
    /// <param name="upTo">Up to when it has everything: there the run comes to it.</param>
    public async Task AwaitAsync(Task change, DateTimeOffset upTo)
    {
        lock (_gate) _waiting.Add(upTo);
        _changed.Set();
        try
        {
            await change.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate) _waiting.Remove(upTo);
        }
    }
}
