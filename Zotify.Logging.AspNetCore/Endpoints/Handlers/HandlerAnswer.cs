namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>A handler. Its numbers count from the start of the process.</summary>
/// <param name="Name">The registered name.</param>
/// <param name="Type">The name of its type.</param>
/// <param name="Enabled">Whether it is enabled.</param>
/// <param name="State"><c>starting</c>, <c>running</c>, <c>failing</c>, <c>disabled</c> or <c>stopped</c>.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="Written">Records that it wrote.</param>
/// <param name="Retried">Records that were written again after an error; a record counts each time.</param>
/// <param name="Rejected">Written records that the database refused.</param>
/// <param name="Renamed">Written records that got the prefix <c>app.</c> because their name is reserved for the library.</param>
/// <param name="Dropped">Records that did not reach it, by reason.</param>
/// <param name="Behind">Written records that are not in the database yet; 0 for a handler without a database.</param>
/// <param name="DatabaseError">Why they do not reach the database at the moment; <c>null</c> while they do.</param>
/// <param name="DatabaseErrorKind"><c>permanent</c> if the error lasts until somebody acts, <c>temporary</c> if it may pass by itself;
/// <c>null</c> without an error.</param>
/// <param name="Targets">The targets that get its journal, such as an OpenTelemetry collector.</param>
/// <param name="LastError">The last error, kept after recovery; <c>null</c> where there was none.</param>
internal sealed record HandlerAnswer(
    string Name,
    string Type,
    bool Enabled,
    string State,
    QueueAnswer Queue,
    long Written,
    long Retried,
    long Rejected,
    long Renamed,
    DroppedAnswer Dropped,
    long Behind,
    string? DatabaseError,
    string? DatabaseErrorKind,
    IReadOnlyList<TargetAnswer> Targets,
    HandlerError? LastError)
{
    /// <summary>Creates the answer for a handler.</summary>
    public static HandlerAnswer Of(HandlerStatus handler) => new(
        handler.Name,
        handler.HandlerType.Name,
        handler.Enabled,
        handler.State.ToString().ToLowerInvariant(),
        new QueueAnswer(handler.Queued, handler.QueueCapacity, handler.QueuedBytes, handler.QueueBytesCapacity),
        handler.Written,
        handler.Retried,
        handler.Rejected,
        handler.Renamed,
        DroppedAnswer.Of(handler.Dropped),
        handler.Behind,
        handler.ProjectionFailure,
        handler.ProjectionFailure is null ? null : handler.ProjectionFailureIsPermanent ? "permanent" : "temporary",
        [.. handler.Targets.Select(TargetAnswer.Of)],
        handler.LastError);
}
