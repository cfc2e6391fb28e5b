namespace Zotify.Logging.Shipping;

/// <summary>Brings a journal to one target, in the background. Thread-safe.</summary>
internal interface IJournalShipper : IAsyncDisposable
{
    /// <summary>The number of the last line that the target has for certain; the journal keeps those after it.</summary>
    long ShippedSeq { get; }

    /// <summary>The current state.</summary>
    TargetStatus Status { get; }

    /// <summary>Begins to send. Call once.</summary>
    void Start();

    /// <summary>Sends what is left, unless the target fails, and ends at the deadline. The next start sends the rest.</summary>
    Task DrainAsync(CancellationToken deadline);
}
