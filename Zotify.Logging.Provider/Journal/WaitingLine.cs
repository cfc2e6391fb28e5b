using System.Buffers;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Journal;

/// <summary>
/// A line whose caller blocks until it is on the disk. Who commits writes it with all others that wait. Each has an event of
/// its own: callers that wait for one monitor are all woken into its lock, and queue there once more.
/// </summary>
internal abstract class WaitingLine : IDisposable
{
    private readonly ManualResetEventSlim _told = new();
    private Exception? _failure;

    /// <summary>How a line that waits is written: by itself.</summary>
    public static IJournalFormat<WaitingLine> Format { get; } = new OwnFormat();

    /// <summary>Writes the line.</summary>
    public abstract void Write(long seq, IBufferWriter<byte> output);

    /// <summary>Lets the caller go on: the line is on the disk, or this kept it from there. What it was told first counts; it may be gone already.</summary>
    public void Tell(Exception? failure)
    {
        if (_told.IsSet) return;
        _failure = failure;
        _told.Set();
    }

    /// <summary>Blocks until the line's fate is known; false where that took too long.</summary>
    /// <exception cref="IOException">The line could not be brought to the disk; each caller gets an exception of its own.</exception>
    public bool Wait(TimeSpan patience)
    {
        if (!_told.Wait(patience)) return false;
        return _failure is null ? true : throw new IOException(_failure.Message, _failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _told.Dispose();

    private sealed class OwnFormat : IJournalFormat<WaitingLine>
    {
        public void Write(WaitingLine record, long seq, IBufferWriter<byte> output) => record.Write(seq, output);
    }
}
