using Zotify.Logging.Common;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads the end of a log once for all its followers: one reader, which runs from the first follower to the last, and the
/// blocks that it read last. Followers take them by themselves, so a slow one costs nobody anything: when its next block is
/// gone, it reads the log itself until it is back. Thread-safe.
/// </summary>
/// <param name="time">The clock of looking for something new.</param>
/// <param name="kept">How much is kept for who lags.</param>
internal sealed class SharedTail<TItem>(TimeProvider time, KeptBlocks? kept = null)
    where TItem : IPositioned
{
    private readonly KeptBlocks _kept = kept ?? KeptBlocks.OfOneLog;
    private readonly Lock _gate = new();
    private readonly AsyncSignal _news = new();

    // One run, from the first follower to the last.
    private RecentBlocks<TItem>? _blocks;
    private CancellationTokenSource? _end;
    private int _followers;

    /// <summary>What those read who lag by more than is kept.</summary>
    public LaggingBlocks<TItem> Lagging { get; } = new(kept ?? KeptBlocks.OfOneLog);

    /// <summary>Completes when there is something new; taken before the log is read, as <see cref="AsyncSignal"/> says.</summary>
    public Task News => _news.Next;

    /// <summary>Joins where a reader stands. The first to join gives it to the tail.</summary>
    /// <param name="reader">A reader at the end of the log.</param>
    /// <param name="isTaken">Whether the reader is the tail's now.</param>
    /// <returns><see langword="null"/> where the tail has no such place: its reader is not there yet, or parted the lines in another way.</returns>
    public TailSlot<TItem>? Join(ILogReader<TItem> reader, out bool isTaken)
    {
        lock (_gate)
        {
            isTaken = _blocks is null;
            var position = reader.Position;
            if (_blocks is null) Start(reader);
            var place = _blocks!.Find(position);
            if (place is not null) _followers++;
            return place;
        }
    }

    /// <summary>Takes the next block.</summary>
    /// <param name="place">Where to take it, and then the place after it.</param>
    /// <param name="block">The block; <see langword="null"/> where there is none yet.</param>
    /// <returns>False where the place is gone. It was left then.</returns>
    public bool TryTake(ref TailSlot<TItem> place, out LogBlock<TItem>? block)
    {
        block = null;
        lock (_gate)
        {
            if (place.Blocks != _blocks || _blocks!.IsGone(place.Number))
            {
                Leave(place);
                place = default;
                return false;
            }

            block = _blocks.At(place.Number);
        }

        if (block is null) return true;
        if (place.Skipped > 0) block = block.Only([.. block.Items.Skip(place.Skipped)]);
        place = place with { Number = place.Number + 1, Skipped = 0 };
        return true;
    }

    /// <summary>Leaves a place. With the last follower the reader ends.</summary>
    public void Leave(TailSlot<TItem> place)
    {
        lock (_gate)
        {
            if (_blocks is null || place.Blocks != _blocks || --_followers > 0) return;
            _blocks = null;
            Lagging.Clear();
            // Only asks: whoever waits goes on elsewhere.
            _ = _end!.CancelAsync();
        }
    }

    private void Start(ILogReader<TItem> reader)
    {
        var blocks = _blocks = new RecentBlocks<TItem>(reader.Position, _kept);
        var end = _end = new CancellationTokenSource();
        _followers = 0;
        reader.ReadAll();
        // The run is nobody's request, nor begins in it: an engine may answer at once for as long as something comes in, and the gate is held here.
        using var flow = ExecutionContext.SuppressFlow();
        // Its first wait does: the clock runs from here.
        var first = reader.WaitAsync(time, end.Token);
        _ = Task.Run(() => RunAsync(reader, first, blocks, end));
    }

    private async Task RunAsync(ILogReader<TItem> reader, Task wait, RecentBlocks<TItem> blocks, CancellationTokenSource end)
    {
        try
        {
            // The reader comes from the end of the log.
            for (; ; wait = reader.WaitAsync(time, end.Token))
            {
                await wait.ConfigureAwait(false);
                if (!reader.MayHaveMore()) continue;
                while (await reader.ReadAsync(end.Token).ConfigureAwait(false) is { } block) Publish(blocks, block);
            }
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            // A log that cannot be read: every follower goes on by itself, and meets the fault where it can be told. If it is that the last one left,
            // nobody is told.
            Publish(blocks, null);
        }
        finally
        {
            reader.Dispose();
            end.Dispose();
        }
    }

    private void Publish(RecentBlocks<TItem> blocks, LogBlock<TItem>? block)
    {
        lock (_gate)
        {
            if (blocks != _blocks) return;
            if (block is null) _blocks = null;
            else blocks.Add(block.Share());
        }

        _news.Set();
    }
}
