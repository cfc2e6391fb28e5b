using System.Buffers;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Journal;

/// <summary>
/// A line whose caller blocks until it is on the disk. A commit writes it together with all others that wait. Each line has its own event:
/// a shared monitor would wake all callers into its lock, where they would queue once more.
/// </summary>
internal abstract class WaitingLine : IDisposable
{
    private readonly ManualResetEventSlim _completed = new();
    private Exception? _failure;

    /// <summary>The format of waiting lines: each line writes itself.</summary>
    public static IJournalFormat<WaitingLine> Format { get; } = new OwnFormat();

    /// <summary>Writes the line.</summary>
    public abstract void Write(long seq, IBufferWriter<byte> output);

    /// <summary>
    /// Wakes the caller: the line is on the disk, or <paramref name="failure"/> prevented that. Only the first call counts. The caller may
    /// have stopped waiting before.
    /// </summary>
    public void Complete(Exception? failure)
    {
        if (_completed.IsSet) return;
        _failure = failure;
        _completed.Set();
    }

    /// <summary>Blocks until the line is completed. Returns false where that took longer than <paramref name="timeout"/>.</summary>
    /// <exception cref="IOException">The line could not be brought to the disk; each caller gets an exception of its own.</exception>
    public bool Wait(TimeSpan timeout)
    {
        if (!_completed.Wait(timeout)) return false;
        return _failure is null ? true : throw new IOException(_failure.Message, _failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _completed.Dispose();

    private sealed class OwnFormat : IJournalFormat<WaitingLine>
    {
        public void Write(WaitingLine record, long seq, IBufferWriter<byte> output) => record.Write(seq, output);
    }
}
