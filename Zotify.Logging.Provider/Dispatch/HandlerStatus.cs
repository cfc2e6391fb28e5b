namespace Zotify.Logging.Provider.Dispatch;

/// <summary>
/// A handler's state at one moment. The numbers count from the start of the process. Every record that was logged to the
/// handler is in exactly one of them: written, dropped, or still on its way, in the queue or in the batch being written.
/// </summary>
public sealed record HandlerStatus
{
    /// <summary>The registered name.</summary>
    public required string Name { get; init; }

    /// <summary>The handler's type.</summary>
    public required Type HandlerType { get; init; }

    /// <summary>What it is at.</summary>
    public required HandlerState State { get; init; }

    /// <summary>Whether the options in force let it take records.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Records that wait for it.</summary>
    public required int Queued { get; init; }

    /// <summary>The most records that may wait.</summary>
    public required int QueueCapacity { get; init; }

    /// <summary>Bytes, by estimate, of the records that wait and of those being written.</summary>
    public required long QueuedBytes { get; init; }

    /// <summary>The most bytes that these may have.</summary>
    public required long QueueBytesCapacity { get; init; }

    /// <summary>Records that it took.</summary>
    public required long Written { get; init; }

    /// <summary>Records that it was given again, each time that it was; they end written or dropped all the same.</summary>
    public required long Retried { get; init; }

    /// <summary>Records that did not reach it, by reason; reasons that did not occur are left out.</summary>
    public required IReadOnlyDictionary<DropReason, long> Dropped { get; init; }

    /// <summary>Records that it wrote and that the database refused: its journal has them, the database does not.</summary>
    public required long Rejected { get; init; }

    /// <summary>Records that it wrote with <c>app.</c> before their category or event type, because these are the library's own.</summary>
    public long Renamed { get; init; }

    /// <summary>Records that it wrote and that are not in the database yet.</summary>
    public required long Behind { get; init; }

    /// <summary>Why it does not write at the moment; <see langword="null"/> while it does.</summary>
    public string? Failure { get; init; }

    /// <summary>Why what it wrote does not reach the database at the moment; <see langword="null"/> while it does.</summary>
    public string? ProjectionFailure { get; init; }

    /// <summary>The last thing that went wrong, writing or projecting, kept after recovery; <see langword="null"/> where nothing ever did.</summary>
    public HandlerError? LastError { get; init; }
}
