using System.Diagnostics;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// A line that <see cref="DebugRing"/> keeps. The groups of its trace and its job share it, so that it is written once. Thread-safe.
/// </summary>
/// <param name="record">The snapshot of the call.</param>
/// <param name="message">The message, where the record lacks it.</param>
/// <param name="root">The outermost activity around the call that had not ended; <see langword="null"/> where there was none.</param>
internal sealed class RingLine(in RecordValues record, PendingMessage? message, Activity? root)
{
    private readonly RecordValues _record = record;
    private int _taken;

    /// <summary>The time of the call in ticks of UTC.</summary>
    public long UtcTicks => _record.UtcTicks;

    /// <summary>An estimate of its memory in bytes.</summary>
    public int Size { get; } = record.Size + (message?.Size ?? 0);

    /// <summary>Whether the part of the trace that it belongs to has ended.</summary>
    public bool IsOver => root is { IsStopped: true };

    /// <summary>Whether it was taken.</summary>
    public bool IsTaken => Volatile.Read(ref _taken) != 0;

    /// <summary>Takes the line to write it. True once.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>The snapshot of the call, with its message.</summary>
    public RecordValues ToRecord()
    {
        var whole = _record;
        if (message is null) return whole;
        whole.Message = message.Render();
        whole.Size += 2 * whole.Message.Length;
        return whole;
    }
}
