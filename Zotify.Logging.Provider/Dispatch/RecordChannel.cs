using System.Threading.Channels;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// Records on their way from their callers to the reader, in the order in which they came. They pass through a channel in
/// blocks: what a channel asks of both its sides is paid once a block. The writers' side is called within <see cref="Gate"/>.
/// </summary>
/// <param name="capacity">The most records that wait, but for the few that the handler adds itself.</param>
internal sealed class RecordChannel(int capacity)
{
    /// <summary>Blocks that are kept to be filled again; more are only needed while the queue is long.</summary>
    private const int KeptBlocks = 16;

    private readonly Channel<RecordBuffer> _channel = Channel.CreateBounded<RecordBuffer>(new BoundedChannelOptions(RecordBuffer.BlocksFor(capacity))
    {
        // With any Drop mode TryWrite answers true for a block that it dropped: it could not be counted.
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = true,
    });

    private readonly Stack<RecordBuffer> _spare = new();
    private RecordBuffer _filling = new();

    // The reader's own.
    private RecordBuffer? _block;
    private int _next;

    /// <summary>Held by who calls the writers' side. The reader's side takes it by itself.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Appends a record. The writers' side.</summary>
    public void Append(in RecordValues record)
    {
        if (_filling.IsFull) HandOver();
        _filling.Add(record);
    }

    /// <summary>
    /// Gives the block that is being filled to the reader, which wakes it. Where the channel is full, which only the handler's own
    /// records can make it, the block grows on. The writers' side.
    /// </summary>
    public void HandOver()
    {
        if (_channel.Writer.TryWrite(_filling)) _filling = Spare();
    }

    /// <summary>Nothing more is appended. The writers' side.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    /// <summary>Returns true when a block was handed over, false when none will be any more. The reader's side.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken) => _channel.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>The next records, at most so many, until the next call; none where none wait. The reader's side.</summary>
    public ReadOnlySpan<RecordValues> Next(int most)
    {
        while (_block is null || _next == _block.Count)
        {
            if (_block is not null) Keep(_block);
            _next = 0;
            if (_channel.Reader.TryRead(out _block)) continue;
            lock (Gate)
            {
                // Looked again: meanwhile a block may have been handed over, and the next one begun.
                if (!_channel.Reader.TryRead(out _block) && _filling.Count > 0) (_block, _filling) = (_filling, Spare());
            }

            if (_block is null) return [];
        }

        var records = _block.From(_next);
        if (records.Length > most) records = records[..most];
        _next += records.Length;
        return records;
    }

    private RecordBuffer Spare() => _spare.TryPop(out var block) ? block : new RecordBuffer();

    private void Keep(RecordBuffer block)
    {
        block.Clear();
        lock (Gate)
            if (_spare.Count < KeptBlocks) _spare.Push(block);
    }
}
