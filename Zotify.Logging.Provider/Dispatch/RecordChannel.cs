using System.Threading.Channels;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// Carries records from their callers to the consumer, in the order of the calls. They pass through a <see cref="Channel{T}"/> in
/// buffers, so that both sides pay the channel's price once a buffer. Writers call their members within <see cref="Gate"/>.
/// </summary>
/// <param name="capacity">The most records that wait, not counting the few that the handler adds itself.</param>
internal sealed class RecordChannel(int capacity)
{
    /// <summary>How many empty buffers are kept to be filled again. More are needed only while the queue is long.</summary>
    private const int MaxFreeBuffers = 16;

    private readonly Channel<RecordBuffer> _channel =
        Channel.CreateBounded<RecordBuffer>(new BoundedChannelOptions(RecordBuffer.BuffersFor(capacity))
        {
            // With any Drop mode, TryWrite returns true for a buffer that it dropped: its records could not be counted.
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
        });

    // Guarded by the gate.
    private readonly Stack<RecordBuffer> _free = new();
    private RecordBuffer _filling = new();

    // The consumer's own.
    private RecordBuffer? _reading;
    private int _next;

    /// <summary>Writers hold it while they call a member. The consumer's members lock it themselves.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Appends a record. For writers.</summary>
    public void Append(in RecordValues record)
    {
        if (_filling.IsFull) Publish();
        _filling.Add(record);
    }

    /// <summary>
    /// Publishes the buffer that is being filled, which wakes the consumer. Where the channel is full, which only the handler's own records
    /// can cause, the buffer grows instead. For writers.
    /// </summary>
    public void Publish()
    {
        if (_channel.Writer.TryWrite(_filling)) _filling = RentBuffer();
    }

    /// <summary>Nothing more will be appended. For writers.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    /// <summary>Returns true when a buffer was published, false when none will be any more. For the consumer.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken) => _channel.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>
    /// The next records, at most <paramref name="max"/>; empty where none wait. Valid until the next call. For the consumer.
    /// </summary>
    public ReadOnlySpan<RecordValues> Read(int max)
    {
        while (_reading is null || _next == _reading.Count)
        {
            if (_reading is not null) ReturnBuffer(_reading);
            _next = 0;
            if (_channel.Reader.TryRead(out _reading)) continue;
            lock (Gate)
            {
                // Checked again under the lock: meanwhile a writer may have published this buffer and begun the next one.
                if (!_channel.Reader.TryRead(out _reading) && _filling.Count > 0) (_reading, _filling) = (_filling, RentBuffer());
            }

            if (_reading is null) return [];
        }

        var records = _reading.From(_next);
        if (records.Length > max) records = records[..max];
        _next += records.Length;
        return records;
    }

    private RecordBuffer RentBuffer() => _free.TryPop(out var buffer) ? buffer : new RecordBuffer();

    private void ReturnBuffer(RecordBuffer buffer)
    {
        buffer.Clear();
        lock (Gate)
            if (_free.Count < MaxFreeBuffers) _free.Push(buffer);
    }
}
