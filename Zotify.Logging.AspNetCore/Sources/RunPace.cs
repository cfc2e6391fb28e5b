using Zotify.Logging.Common;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// How far the subscribers of a run are. A run that is far ahead of all of them waits for the fastest: what it published would be evicted
/// before they have it, and then each would have to read it alone, which takes far more of the processor that they lack. Thread-safe.
/// </summary>
internal sealed class RunPace
{
    private readonly AsyncSignal _taken = new();
    private long _furthest = 1;
    private int _joined;
    private int _waiting;

    /// <summary>Completes when the fastest subscriber took a block, or somebody waits for the run. Get the task before reading.</summary>
    public Task Taken => _taken.Next;

    /// <summary>The number of the first item that no subscriber has taken yet.</summary>
    public long Furthest => Volatile.Read(ref _furthest);

    /// <summary>How many subscribers it has, and how many it has yet to come to.</summary>
    public int Subscribers => Volatile.Read(ref _joined) + Volatile.Read(ref _waiting);

    /// <summary>Whether the run may wait: it has more subscribers than it has yet to come to.</summary>
    public bool MayWait => Volatile.Read(ref _joined) > Volatile.Read(ref _waiting);

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

    /// <summary>Awaits a change for a subscriber that the run has yet to come to.</summary>
    public async Task AwaitAsync(Task change)
    {
        Interlocked.Increment(ref _waiting);
        _taken.Set();
        try
        {
            await change.ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
