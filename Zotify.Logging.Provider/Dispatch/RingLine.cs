using System.Diagnostics;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// A line that <see cref="DebugRing"/> keeps. The groups of its trace and its job share it, so that it is written once. Thread-safe.
/// </summary>
/// <param name="record">The snapshot of the call.</param>
/// <param name="root">The outermost activity around the call that was still running; <see langword="null"/> where there was none.</param>
internal sealed class RingLine(in RecordValues record, Activity? root)
{
    private readonly RecordValues _record = record;
    private int _taken;

    /// <summary>The snapshot of the call.</summary>
    public ref readonly RecordValues Record => ref _record;

    /// <summary>An estimate of its memory in bytes.</summary>
    public int Size => _record.Size;

    /// <summary>Whether the part of the trace that it belongs to has ended.</summary>
    public bool IsOver => root is { IsStopped: true };

    /// <summary>Whether the line was taken to be written.</summary>
    public bool IsTaken => Volatile.Read(ref _taken) != 0;

    /// <summary>Takes the line to write it. Returns true only once.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;
}
