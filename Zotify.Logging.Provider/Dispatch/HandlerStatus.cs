namespace Zotify.Logging.Provider.Dispatch;

/// <summary>A handler's state at one moment.</summary>
/// <param name="Name">The registered name.</param>
/// <param name="HandlerType">The handler's type.</param>
/// <param name="Enabled">Whether it takes records.</param>
/// <param name="Queued">Records that wait for it.</param>
/// <param name="QueueCapacity">The most records that may wait.</param>
/// <param name="Written">Records that it took since the start.</param>
/// <param name="Dropped">Records that did not reach it since the start, by reason; reasons that did not occur are left out.</param>
/// <param name="Behind">Records that it wrote and that are not in the database yet.</param>
/// <param name="Failure">Why it does not write at the moment; <see langword="null"/> while it does.</param>
/// <param name="ProjectionFailure">Why what it wrote does not reach the database at the moment.</param>
public sealed record HandlerStatus(
    string Name,
    Type HandlerType,
    bool Enabled,
    int Queued,
    int QueueCapacity,
    long Written,
    IReadOnlyDictionary<DropReason, long> Dropped,
    long Behind,
    string? Failure,
    string? ProjectionFailure);
