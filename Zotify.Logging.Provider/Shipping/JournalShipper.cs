using Zotify.Logging.Diagnostics;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Shipping;

/// <summary>
/// Sends the lines of a journal to a target, in order, each at least once, however often either side fails: the checkpoint moves after the
/// target has the lines, so that a crash repeats one batch. Runs a loop in the background. Thread-safe.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="checkpointPath">The file of the checkpoint.</param>
/// <param name="name">The target's name.</param>
/// <param name="target">The target. Disposed with the shipper.</param>
/// <param name="time">The clock of the waits.</param>
/// <param name="segmentShipped">Called when the target has all of a segment.</param>
/// <param name="report">Reports failures.</param>
internal sealed class JournalShipper(
    IJournal journal,
    string checkpointPath,
    string name,
    IJournalTarget target,
    TimeProvider time,
    Action segmentShipped,
    Action<FailureKind, string, Exception?> report) : IJournalShipper
{
    /// <summary>A request costs as much as many lines. So lines that come one by one are gathered.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    private readonly ShippingLoop _loop = new(name, journal.FileName, time, report);
    private long _kept;
    private long _shipped;
    private long _sent;
    private long _rejected;

    // Used only by the loop.
    private JournalCheckpoint _checkpoint = JournalCheckpoint.Start;
    private int _most = target.MaxBatch;

    /// <inheritdoc/>
    public long ShippedSeq => Interlocked.Read(ref _kept);

    /// <inheritdoc/>
    public TargetStatus Status => new()
    {
        Name = name,
        Behind = Math.Max(0, journal.DurableSeq - Interlocked.Read(ref _shipped)),
        Sent = Interlocked.Read(ref _sent),
        Rejected = Interlocked.Read(ref _rejected),
        Failure = _loop.Failure?.Message,
        FailureIsPermanent = _loop.Failure is TargetException { Fault: TargetFault.Permanent },
    };

    /// <summary>Reads the checkpoint, so that retention knows it from the start. Call once, before <see cref="Start"/>.</summary>
    public void Open()
    {
        _checkpoint = target.Checkpoint ?? ShippingCheckpointFile.Read(checkpointPath);
        _kept = _shipped = _checkpoint.Seq;
    }

    /// <inheritdoc/>
    public void Start() => _loop.Start(ShipAsync);

    /// <inheritdoc/>
    public Task DrainAsync(CancellationToken deadline) => _loop.DrainAsync(deadline);

    /// <summary>Ends the loop at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync().ConfigureAwait(false);
        await target.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Sends the next lines, or waits for some. Returns whether there may be more.</summary>
    private async Task<bool> ShipAsync()
    {
        var lines = Next();
        if (lines.Count == 0)
        {
            _loop.Succeeded();
            if (_loop.Ending.IsCancellationRequested) return false;
            await WaitAsync().ConfigureAwait(false);
            return true;
        }

        try
        {
            var result = await target.SendAsync(lines, journal.Id, _loop.Stopped).ConfigureAwait(false);
            Interlocked.Add(ref _sent, lines.Count - result.Rejected);
            Reject(result);
            _most = Math.Min(_most * 2, target.MaxBatch);
        }
        catch (TargetException exception) when (exception.Fault == TargetFault.Refused)
        {
            // One of the lines is the cause, or there are too many.
            _most = Math.Max(1, lines.Count / 2);
            if (lines.Count > 1) return true;
            Reject(new ShippingResult(1, $"line {lines[0].Seq}: {exception.Message}"));
        }

        Advance(lines[^1].ToCheckpoint());
        return true;
    }

    private IReadOnlyList<JournalLine> Next()
    {
        try
        {
            return journal.Read(_checkpoint, _most);
        }
        catch (JournalTruncatedException exception)
        {
            report(
                FailureKind.Permanent,
                $"{name} has line {_checkpoint.Seq} of a {journal.FileName} that is not there any more; it gets all lines that are",
                exception);
            _checkpoint = JournalCheckpoint.Start;
            Interlocked.Exchange(ref _shipped, 0);
            Interlocked.Exchange(ref _kept, 0);
            return journal.Read(_checkpoint, _most);
        }
    }

    private async Task WaitAsync()
    {
        try
        {
            await journal.WaitDurableAsync(_checkpoint.Seq, _loop.Ending).ConfigureAwait(false);
            if (journal.DurableSeq - _checkpoint.Seq < target.MaxBatch) await Task.Delay(Linger, time, _loop.Ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_loop.Ending.IsCancellationRequested)
        {
            // What is left is sent without a wait.
        }
    }

    private void Reject(ShippingResult result)
    {
        if (result.Rejected > 0)
        {
            Interlocked.Add(ref _rejected, result.Rejected);
            report(
                FailureKind.Permanent, $"{name} refused {result.Rejected} lines of the journal {journal.FileName}: {result.Message}", null);
        }
        else if (!string.IsNullOrEmpty(result.Message))
        {
            report(FailureKind.Temporary, $"{name} says about the journal {journal.FileName}: {result.Message}", null);
        }
    }

    private void Advance(JournalCheckpoint checkpoint)
    {
        var isNextSegment = checkpoint.Segment != _checkpoint.Segment;
        _checkpoint = checkpoint;
        Interlocked.Exchange(ref _shipped, checkpoint.Seq);
        try
        {
            if (target.Checkpoint is null) ShippingCheckpointFile.Write(checkpointPath, checkpoint);
            Interlocked.Exchange(ref _kept, (target.Checkpoint ?? checkpoint).Seq);
            if (isNextSegment) segmentShipped();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The lines need not be sent again while this process runs. Those of a later start may be.
            report(FailureKind.Temporary, $"the checkpoint of {name} cannot be written; a restart sends lines again", exception);
        }
    }
}
