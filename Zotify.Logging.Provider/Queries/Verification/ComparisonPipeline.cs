using System.Threading.Channels;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>
/// Compares verified lines with their rows in the background, while the next lines are read. A few blocks are queued between the two, so
/// that neither side must be woken for every block of the other. Used by one thread.
/// </summary>
internal sealed class ComparisonPipeline
{
    private const int Blocks = 4;

    // Bounded by the number of existing blocks.
    private readonly Channel<LineBlock> _full = Channel.CreateUnbounded<LineBlock>();
    private readonly Channel<LineBlock> _free = Channel.CreateUnbounded<LineBlock>();
    private readonly Task _comparing;
    private LineBlock? _block;

    /// <param name="witness">Compares the lines.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    public ComparisonPipeline(DatabaseWitness witness, CancellationToken cancellationToken)
    {
        for (var made = 0; made < Blocks; made++) _free.Writer.TryWrite(new LineBlock());
        _comparing = Task.Run(() => CompareAsync(witness, cancellationToken), CancellationToken.None);
    }

    /// <summary>Adds the next line. Waits while all blocks are full.</summary>
    /// <exception cref="IOException">The data to compare earlier lines with cannot be read.</exception>
    public async ValueTask AddAsync(ChainPosition position, ReadOnlyMemory<byte> line)
    {
        if (_block is null && !_free.Reader.TryRead(out _block))
        {
            // The channel is completed where the comparison failed: then this throws its exception.
            if (!await _free.Reader.WaitToReadAsync().ConfigureAwait(false)) await _comparing.ConfigureAwait(false);
            _free.Reader.TryRead(out _block);
        }

        _block!.Add(position, line);
        if (!_block.IsFull) return;
        _full.Writer.TryWrite(_block);
        _block = null;
    }

    /// <summary>Waits until all lines are compared.</summary>
    /// <exception cref="IOException">The data to compare the lines with cannot be read.</exception>
    public async Task EndAsync()
    {
        if (_block is { Count: > 0 }) _full.Writer.TryWrite(_block);
        _block = null;
        _full.Writer.TryComplete();
        await _comparing.ConfigureAwait(false);
    }

    private async Task CompareAsync(DatabaseWitness witness, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var block in _full.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await witness.CompareAsync(block, cancellationToken).ConfigureAwait(false);
                block.Reset();
                _free.Writer.TryWrite(block);
            }
        }
        finally
        {
            _free.Writer.TryComplete();
        }
    }
}
