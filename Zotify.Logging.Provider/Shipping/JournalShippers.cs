namespace Zotify.Logging.Shipping;

/// <summary>The shippers of a journal, one for each target. Thread-safe.</summary>
internal sealed class JournalShippers : IAsyncDisposable
{
    private readonly IReadOnlyList<JournalShipper> _shippers;

    /// <param name="journal">The journal.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="time">The clock of the waits.</param>
    /// <param name="segmentShipped">Called when a target has all of a segment.</param>
    public JournalShippers(
        ShippedJournal journal, IReadOnlyList<IJournalTargetFactory> targets, TimeProvider time, Action segmentShipped)
    {
        _shippers =
        [
            .. targets.Where(target => target.IsActive).Select(target => new JournalShipper(
                journal.Journal, ShippingCheckpointFile.PathOf(journal.Path, target.Name), target.Name, target.Create(journal), time,
                segmentShipped, journal.Report)),
        ];
        foreach (var shipper in _shippers) shipper.Open();
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
}
