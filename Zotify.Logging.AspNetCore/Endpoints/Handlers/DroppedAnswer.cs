using Zotify.Logging.Handlers;

namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>Records that did not reach a handler, by reason.</summary>
/// <param name="QueueFull">Its queue had no place, and the wait for one, if any, ran out.</param>
/// <param name="HandlerFailed">It threw, and no further attempt was due.</param>
/// <param name="AlreadyShutdown">Logged after the shutdown, or not drained within its timeout.</param>
/// <param name="Feedback">Logged by what the handler itself called.</param>
internal sealed record DroppedAnswer(long QueueFull, long HandlerFailed, long AlreadyShutdown, long Feedback)
{
    /// <summary>The answer for a handler's counts.</summary>
    public static DroppedAnswer Of(IReadOnlyDictionary<DropReason, long> dropped) => new(
        dropped.GetValueOrDefault(DropReason.QueueFull),
        dropped.GetValueOrDefault(DropReason.HandlerFailed),
        dropped.GetValueOrDefault(DropReason.AlreadyShutdown),
        dropped.GetValueOrDefault(DropReason.Feedback));
}
