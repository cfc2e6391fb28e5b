using Zotify.Logging.Dispatch;
using Zotify.Logging.Handlers;

namespace Zotify.Logging;

/// <summary>
/// A handler's state at one moment. The numbers count from the start of the process. Every record that was logged to the handler is
/// written, dropped, waiting in the queue, or part of the batch that is being written: exactly one of these.
/// </summary>
public sealed record HandlerStatus
{
    /// <summary>The registered name.</summary>
    public required string Name { get; init; }

    /// <summary>The handler's type.</summary>
    public required Type HandlerType { get; init; }

    /// <summary>The state.</summary>
    public required HandlerState State { get; init; }

    /// <summary>Whether it is enabled by the current options.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Records that wait in the queue.</summary>
    public required int Queued { get; init; }

    /// <summary>The most records that may wait in the queue.</summary>
    public required int QueueCapacity { get; init; }

    /// <summary>Estimated bytes of the records that wait and of those that are being written.</summary>
    public required long QueuedBytes { get; init; }

    /// <summary>The most bytes that these records may have.</summary>
    public required long QueueBytesCapacity { get; init; }

    /// <summary>Records that it wrote.</summary>
    public required long Written { get; init; }

    /// <summary>Records of retried batches, counted once a retry. They are counted as written or dropped as well.</summary>
    public required long Retried { get; init; }

    /// <summary>Dropped records by reason. Reasons that did not occur are left out.</summary>
    public required IReadOnlyDictionary<DropReason, long> Dropped { get; init; }

    /// <summary>Written records that the database refused. The journal has them; the database does not.</summary>
    public required long Rejected { get; init; }

    /// <summary>Written records whose category or event type got the prefix <c>app.</c>, because the library reserves the name.</summary>
    public long Renamed { get; init; }

    /// <summary>Written records that are not in the database yet.</summary>
    public required long Behind { get; init; }

    /// <summary>Why it does not write now; <see langword="null"/> while it does.</summary>
    public string? Failure { get; init; }

    /// <summary>Why written records do not reach the database now; <see langword="null"/> while they do.</summary>
    public string? ProjectionFailure { get; init; }

    /// <summary>
    /// Whether <see cref="ProjectionFailure"/> lasts until somebody acts, such as missing rights or tables of another version. It is then
    /// retried once a minute.
    /// </summary>
    public bool ProjectionFailureIsPermanent { get; init; }

    /// <summary>The targets outside of this process that get the handler's journal, such as an OpenTelemetry collector.</summary>
    public IReadOnlyList<TargetStatus> Targets { get; init; } = [];

    /// <summary>What it saw of all instances and jobs; <see langword="null"/> where it does not watch over them.</summary>
    internal WatchStatus? Watch { get; init; }

    /// <summary>The last error of writing or projecting. Kept after recovery; <see langword="null"/> where there was none.</summary>
    public HandlerError? LastError { get; init; }
}
