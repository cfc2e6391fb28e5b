using Zotify.Logging.Provider.Dispatch;

namespace Zotify.Logging.Web.Endpoints.Handlers;

/// <summary>A handler. Its numbers count from the start of the process.</summary>
/// <param name="Name">The registered name.</param>
/// <param name="Type">The name of its type.</param>
/// <param name="Enabled">Whether it takes records.</param>
/// <param name="State"><c>starting</c>, <c>running</c>, <c>failing</c>, <c>disabled</c> or <c>stopped</c>.</param>
/// <param name="Queue">What waits for it.</param>
/// <param name="Written">Records that it took.</param>
/// <param name="Retried">Records that it was given again.</param>
/// <param name="Rejected">Written records that the database refused.</param>
/// <param name="Renamed">Written records that had a name which is the library's own.</param>
/// <param name="Dropped">Records that did not reach it, by reason.</param>
/// <param name="Lag">How far the database is behind it.</param>
/// <param name="LastError">The last thing that went wrong, kept after recovery; <c>null</c> where nothing ever did.</param>
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
    LagAnswer Lag,
    HandlerError? LastError)
{
    /// <summary>The answer for a handler.</summary>
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
        new LagAnswer(handler.Behind, handler.ProjectionFailure),
        handler.LastError);
}
