using Zotify.Logging.Journal;

namespace Zotify.Logging.Shipping;

/// <summary>
/// Brings the rolled segments of a journal to an archive, in order, before retention deletes them. The archive itself is the checkpoint:
/// what it does not list, it gets. Thread-safe.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="name">The archive's name.</param>
/// <param name="archive">The archive. Disposed with the archiver.</param>
/// <param name="time">The clock of the waits.</param>
/// <param name="segmentShipped">Called when the archive has another segment.</param>
internal sealed class SegmentArchiver(
    ShippedJournal journal, string name, ISegmentArchive archive, TimeProvider time, Action segmentShipped) : IJournalShipper
{
    /// <summary>A roll is seen at most this much later than the line after it.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly ShippingLoop _loop = new(name, journal.Journal.FileName, time, journal.Report);
    private long _shipped;
    private long _sealed;
    private long _deleted;
    private long _sent;

    // Used only by the loop.
    private Guid _listed;
    private HashSet<string> _archived = [];

    /// <inheritdoc/>
    public long ShippedSeq => Interlocked.Read(ref _shipped);

    /// <inheritdoc/>
    // The lines of the active segment are nobody's yet.
    public TargetStatus Status => new()
    {
        Name = name,
        Behind = Math.Max(
            0, Interlocked.Read(ref _sealed) - Math.Max(Interlocked.Read(ref _shipped), Interlocked.Read(ref _deleted))),
        Sent = Interlocked.Read(ref _sent),
        Rejected = 0,
        Failure = _loop.Failure?.Message,
        FailureIsPermanent = _loop.Failure is TargetException { Fault: TargetFault.Permanent },
    };

    /// <inheritdoc/>
    public void Start()
    {
        try
        {
            // From the first moment on, the state counts what an earlier run left. A zero would mean that nothing waits.
            _ = Find(journal.Journal.DurableSeq);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first step fails in the same way, and reports it.
        }

        _loop.Start(StepAsync);
    }

    /// <inheritdoc/>
    public Task DrainAsync(CancellationToken deadline) => _loop.DrainAsync(deadline);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync().ConfigureAwait(false);
        archive.Dispose();
    }

    private async Task<bool> StepAsync()
    {
        var durable = journal.Journal.DurableSeq;
        // Before anything is asked of the archive: while it is away, the state still counts what waits for it.
        var found = Find(durable);
        await ListAsync().ConfigureAwait(false);
        foreach (var (segment, next) in found)
        {
            if (!_archived.Contains(Path.GetFileName(segment.Path))) await StoreAsync(segment, next).ConfigureAwait(false);
            Interlocked.Exchange(ref _shipped, next - 1);
        }

        _loop.Succeeded();
        if (_loop.Ending.IsCancellationRequested) return false;
        await WaitAsync(durable).ConfigureAwait(false);
        return true;
    }

    /// <summary>Asks the archive once for each id of the journal.</summary>
    private async Task ListAsync()
    {
        var id = journal.Journal.Id;
        if (_listed == id) return;
        _archived = [.. await archive.ListAsync(id, _loop.Stopped).ConfigureAwait(false)];
        _listed = id;
    }

    /// <summary>Finds the segments to archive, and counts their lines for the state.</summary>
    private List<(Segment Segment, long Next)> Find(long durable)
    {
        var found = Sealed(durable);
        if (found.Count == 0) return found;
        // Nobody waits for lines that are not on the disk any more.
        Interlocked.Exchange(ref _deleted, found[0].Segment.FirstSeq - 1);
        Interlocked.Exchange(ref _sealed, found[^1].Next - 1);
        return found;
    }

    /// <summary>
    /// The rolled segments that get no more lines and whose lines are all on the disk, oldest first, each with the number of the line after
    /// it.
    /// </summary>
    private List<(Segment Segment, long Next)> Sealed(long durable)
    {
        // Before the rolled ones are listed: one that is rolled meanwhile begins here, and waits for the next step.
        var active = File.Exists(journal.Path) ? SegmentReader.FirstSeq(journal.Path) : 0;
        var rolled = Segment.Rolled(journal.Path);
        var found = new List<(Segment, long)>();
        for (var i = 0; i < rolled.Count; i++)
        {
            var next = i + 1 < rolled.Count ? rolled[i + 1].FirstSeq : active;
            // Where a power cut takes lines that are not flushed, the segment would not be the one that was archived.
            if (next <= rolled[i].FirstSeq || next - 1 > durable) break;
            found.Add((rolled[i], next));
        }

        return found;
    }

    private async Task StoreAsync(Segment segment, long next)
    {
        await archive.StoreAsync(_listed, segment, _loop.Stopped).ConfigureAwait(false);
        _archived.Add(Path.GetFileName(segment.Path));
        Interlocked.Add(ref _sent, next - segment.FirstSeq);
        Interlocked.Exchange(ref _shipped, next - 1);
        segmentShipped();
    }

    private async Task WaitAsync(long durable)
    {
        try
        {
            await journal.Journal.WaitDurableAsync(durable, _loop.Ending).ConfigureAwait(false);
            await Task.Delay(Linger, time, _loop.Ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_loop.Ending.IsCancellationRequested)
        {
            // What is left is stored without a wait.
        }
    }
}
