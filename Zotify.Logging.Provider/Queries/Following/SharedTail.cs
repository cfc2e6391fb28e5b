using Zotify.Logging.Common;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads the end of a log once for all its subscribers. It has one reader, from the first subscriber to the last, and keeps the newest
/// blocks. Each subscriber reads these blocks at its own pace, so a slow one delays no other: once its next block is evicted, it reads the
/// log itself until it has caught up. Thread-safe.
/// </summary>
/// <param name="time">The clock of the polls.</param>
/// <param name="kept">How much is kept for subscribers that are behind.</param>
internal sealed class SharedTail<TEntry>(TimeProvider time, KeptBlocks? kept = null)
{
    private readonly KeptBlocks _kept = kept ?? KeptBlocks.OfOneLog;
    private readonly Lock _gate = new();
    private readonly AsyncSignal _changed = new();

    // One run, from the first subscriber to the last.
    private RecentBlocks<TEntry>? _blocks;
    private CancellationTokenSource? _end;
    private int _subscribers;

    /// <summary>The blocks of subscribers that are further behind than the kept blocks.</summary>
    public CatchUpBlocks<TEntry> CatchUp { get; } = new(kept ?? KeptBlocks.OfOneLog);

    /// <summary>Completes when entries were added. Get the task before reading, as <see cref="AsyncSignal"/> explains.</summary>
    public Task Changed => _changed.Next;

    /// <summary>Adds a subscriber at the cursor of its reader. The tail keeps the reader of the first subscriber.</summary>
    /// <param name="reader">A reader at the end of the log.</param>
    /// <param name="isOwned">Whether the tail owns the reader now.</param>
    /// <returns>
    /// <see langword="null"/> if the tail has no such slot: its reader has not read as far, or split the lines differently.
    /// </returns>
    public TailSlot<TEntry>? Join(ILogReader<TEntry> reader, out bool isOwned)
    {
        lock (_gate)
        {
            isOwned = _blocks is null;
            var cursor = reader.Cursor;
            if (_blocks is null) Start(reader);
            var slot = _blocks!.Find(cursor);
            if (slot is not null) _subscribers++;
            return slot;
        }
    }

    /// <summary>Returns the next block.</summary>
    /// <param name="slot">The subscriber's slot; moved to the one after the block.</param>
    /// <param name="block">The block; <see langword="null"/> if there is none yet.</param>
    /// <returns>False if the block was evicted. The subscriber has left the tail then.</returns>
    public bool TryRead(ref TailSlot<TEntry> slot, out LogBlock<TEntry>? block)
    {
        block = null;
        lock (_gate)
        {
            if (slot.Blocks != _blocks || _blocks!.IsEvicted(slot.Number))
            {
                Leave(slot);
                slot = default;
                return false;
            }

            block = _blocks.At(slot.Number);
        }

        if (block is null) return true;
        if (slot.Skipped > 0) block = block.Only([.. block.Items.Skip(slot.Skipped)]);
        slot = slot with { Number = slot.Number + 1, Skipped = 0 };
        return true;
    }

    /// <summary>Removes a subscriber. The reader ends with the last one.</summary>
    public void Leave(TailSlot<TEntry> slot)
    {
        lock (_gate)
        {
            if (_blocks is null || slot.Blocks != _blocks || --_subscribers > 0) return;
            _blocks = null;
            CatchUp.Clear();
            // Not awaited: the run ends by itself.
            _ = _end!.CancelAsync();
        }
    }

    private void Start(ILogReader<TEntry> reader)
    {
        var blocks = _blocks = new RecentBlocks<TEntry>(reader.Cursor, _kept);
        var end = _end = new CancellationTokenSource();
        _subscribers = 0;
        reader.RemoveFilter();
        // The run outlives the request that starts it, so it must not keep that request's context. It runs on the pool, because the reads
        // may complete synchronously for as long as entries arrive, and the lock is held here.
        using var flow = ExecutionContext.SuppressFlow();
        // The first wait begins here, so that the clock runs from now on.
        var first = reader.WaitAsync(time, end.Token);
        _ = Task.Run(() => RunAsync(reader, first, blocks, end));
    }

    private async Task RunAsync(ILogReader<TEntry> reader, Task wait, RecentBlocks<TEntry> blocks, CancellationTokenSource end)
    {
        try
        {
            // The reader is already at the end of the log.
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
            // The log cannot be read: every subscriber reads by itself, and its caller gets the exception. If the last subscriber has left,
            // there is nobody to notify.
            Publish(blocks, null);
        }
        finally
        {
            reader.Dispose();
            end.Dispose();
        }
    }

    private void Publish(RecentBlocks<TEntry> blocks, LogBlock<TEntry>? block)
    {
        lock (_gate)
        {
            if (blocks != _blocks) return;
            if (block is null) _blocks = null;
            else blocks.Add(block.Share());
        }

        _changed.Set();
    }
}
