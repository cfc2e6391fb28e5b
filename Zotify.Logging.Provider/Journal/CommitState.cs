using System.Diagnostics;

namespace Zotify.Logging.Journal;

/// <summary>
/// The lines to commit, and who commits them. The owner's lock guards all of it, except where a member says otherwise.
/// </summary>
internal sealed class CommitState
{
    private volatile bool _isCommitting;
    private long _durableSeq;
    private long _awaitedCommits;
    private long _firstWaiting;

    /// <summary>Lines of callers that block. No commit has begun to write them.</summary>
    public List<WaitingLine> Waiting { get; private set; } = [];

    /// <summary>The phase of the group commit.</summary>
    public CommitPhase Phase { get; set; }

    /// <summary>How urgent the next commit is.</summary>
    public CommitDemand Demand { get; private set; }

    /// <summary>Whether the commit thread waits without a time limit, so that only a pulse wakes it.</summary>
    public bool IsThreadIdle { get; set; }

    /// <summary>Whether the thread or a caller commits. Nobody else may begin a commit then. Readable without the lock.</summary>
    public bool IsCommitting => _isCommitting;

    /// <summary>The number of the last line that has reached the file.</summary>
    public long AppendedSeq { get; private set; }

    /// <summary>The number of the last line on the disk. Readable without the lock.</summary>
    public long DurableSeq => Interlocked.Read(ref _durableSeq);

    /// <summary>How many commits callers waited for when they began. Readable without the lock.</summary>
    public long AwaitedCommits => Interlocked.Read(ref _awaitedCommits);

    /// <summary>Whether there is anything to commit.</summary>
    public bool HasWork => Demand == CommitDemand.Attempt || Waiting.Count > 0 || AppendedSeq > DurableSeq;

    /// <summary>Whether the next commit must not wait for the interval.</summary>
    public bool IsUrgent => Demand != CommitDemand.Linger || Phase != CommitPhase.Running || Waiting.Count > 0;

    /// <summary>Begins after recovery, when all lines are on the disk.</summary>
    public void Start(long seq) => AppendedSeq = _durableSeq = seq;

    /// <summary>Records that lines up to <paramref name="seq"/> have reached the file.</summary>
    public void Appended(long seq)
    {
        if (AppendedSeq == DurableSeq) _firstWaiting = Stopwatch.GetTimestamp();
        AppendedSeq = seq;
    }

    /// <summary>Records that lines up to <paramref name="seq"/> are on the disk. Returns false where that was already known.</summary>
    public bool TryAdvance(long seq)
    {
        if (seq <= DurableSeq) return false;
        Interlocked.Exchange(ref _durableSeq, seq);
        return true;
    }

    /// <summary>Raises the urgency of the next commit to at least this.</summary>
    public void Require(CommitDemand demand)
    {
        if (demand > Demand) Demand = demand;
    }

    /// <summary>How much of the interval the oldest line that is not on the disk may still wait.</summary>
    public TimeSpan Left(TimeSpan interval) => interval - Stopwatch.GetElapsedTime(_firstWaiting);

    /// <summary>Begins a commit: until <see cref="End"/> nobody else commits. Returns the lines that wait.</summary>
    public List<WaitingLine> Begin()
    {
        _isCommitting = true;
        if (Demand == CommitDemand.Hurry || Waiting.Count > 0) Interlocked.Increment(ref _awaitedCommits);
        Demand = CommitDemand.Linger;
        _firstWaiting = Stopwatch.GetTimestamp();
        var lines = Waiting;
        Waiting = [];
        return lines;
    }

    /// <summary>
    /// Ends a commit. Needs no lock: a caller that is interrupted while it waits for the lock must not keep others from committing for
    /// ever.
    /// </summary>
    public void End() => _isCommitting = false;
}
