namespace Zotify.Logging.Shipping;

/// <summary>The shippers of a journal, one for each target. Thread-safe.</summary>
internal sealed class JournalShippers : IAsyncDisposable
{
    private readonly IReadOnlyList<IJournalShipper> _shippers;

    /// <param name="journal">The journal.</param>
    /// <param name="targets">The targets that get its lines.</param>
    /// <param name="archives">The archives that get its segments.</param>
    /// <param name="time">The clock of the waits.</param>
    /// <param name="segmentShipped">Called when a target or an archive has all of a segment.</param>
    public JournalShippers(
        ShippedJournal journal,
        IReadOnlyList<IJournalTargetFactory> targets,
        IReadOnlyList<ISegmentArchiveFactory> archives,
        TimeProvider time,
        Action segmentShipped)
    {
        _shippers =
        [
            .. targets.Where(target => target.IsActive).Select(target => Open(journal, target, time, segmentShipped)),
            .. archives.Select(archive => new SegmentArchiver(journal, archive.Name, archive.Create(), time, segmentShipped)),
        ];
    }

    /// <summary>The number of the last line that every target has; larger than any number where there is no target.</summary>
    public long ShippedSeq => _shippers.Count == 0 ? long.MaxValue : _shippers.Min(shipper => shipper.ShippedSeq);

    /// <summary>The states of the targets.</summary>
    public IReadOnlyList<TargetStatus> Status => [.. _shippers.Select(shipper => shipper.Status)];

    /// <summary>Begins to send. Call once.</summary>
    public void Start()
    {
        foreach (var shipper in _shippers) shipper.Start();
    }

    /// <summary>Sends what is left to all targets.</summary>
    public Task DrainAsync(CancellationToken deadline) => Task.WhenAll(_shippers.Select(shipper => shipper.DrainAsync(deadline)));

    /// <summary>Ends all of them.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var shipper in _shippers) await shipper.DisposeAsync().ConfigureAwait(false);
    }

    private static JournalShipper Open(ShippedJournal journal, IJournalTargetFactory target, TimeProvider time, Action segmentShipped)
    {
        var shipper = new JournalShipper(
            journal.Journal, ShippingCheckpointFile.PathOf(journal.Path, target.Name), target.Name, target.Create(journal), time,
            segmentShipped, journal.Report);
        // Retention must know the checkpoint from the start.
        shipper.Open();
        return shipper;
    }
}
