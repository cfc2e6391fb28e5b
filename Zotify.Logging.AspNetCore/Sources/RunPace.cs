using Zotify.Logging.Common;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// How far the subscribers of a run are. A run that is far ahead of all of them waits for the fastest: what it published would be evicted
/// before they have it, and then each would have to read it alone, which takes far more of the processor that they lack. Thread-safe.
/// </summary>
internal sealed class RunPace
{
    private readonly AsyncSignal _taken = new();
    private readonly Lock _gate = new();
    private readonly List<DateTimeOffset> _waiting = [];
    private long _furthest = 1;
    private int _joined;

    /// <summary>Completes when the fastest subscriber took a block, or somebody waits for the run. Get the task before reading.</summary>
    public Task Taken => _taken.Next;

    /// <summary>The number of the first item that no subscriber has taken yet.</summary>
    public long Furthest => Volatile.Read(ref _furthest);

    /// <summary>
    /// Whether the run may wait at a time: it has come to more subscribers than it has yet to come to. Those that it has reached need a
    /// moment to join, and must not be passed by.
    /// </summary>
    public bool MayWait(DateTimeOffset at)
    {
        lock (_gate)
        {
            var reached = _waiting.Count(upTo => upTo <= at);
            return Volatile.Read(ref _joined) + reached > _waiting.Count - reached;
        }
    }

    /// <summary>Takes note that a subscriber joined.</summary>
    public void Join() => Interlocked.Increment(ref _joined);

    /// <summary>Takes note that a subscriber is gone, or fell behind.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _joined);
        _taken.Set();
    }

    /// <summary>Takes note that a subscriber took the block before an item. Called by one thread at a time.</summary>
    public void Take(long next)
    {
        if (next <= _furthest) return;
        Volatile.Write(ref _furthest, next);
        _taken.Set();
    }

    /// <summary>Awaits a change for a subscriber that has not joined.</summary>
    /// <param name="change">The change.</param>
    /// <param name="upTo">Up to when it has everything: there the run comes to it.</param>
    public async Task AwaitAsync(Task change, DateTimeOffset upTo)
    {
        lock (_gate) _waiting.Add(upTo);
        _taken.Set();
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
