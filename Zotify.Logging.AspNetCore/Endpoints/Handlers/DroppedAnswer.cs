using Zotify.Logging.Handlers;

namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>Records that did not reach a handler, by reason.</summary>
/// <param name="QueueFull">Its queue was full, and the wait, if any, timed out.</param>
/// <param name="HandlerFailed">It threw, and was not retried again.</param>
/// <param name="AlreadyShutdown">Logged after the shutdown, or not drained within its timeout.</param>
/// <param name="Feedback">Logged by code that the handler itself called.</param>
internal sealed record DroppedAnswer(long QueueFull, long HandlerFailed, long AlreadyShutdown, long Feedback)
{
    /// <summary>The answer for a handler's counts.</summary>
    public static DroppedAnswer Of(IReadOnlyDictionary<DropReason, long> dropped) => new(
        dropped.GetValueOrDefault(DropReason.QueueFull),
        dropped.GetValueOrDefault(DropReason.HandlerFailed),
        dropped.GetValueOrDefault(DropReason.AlreadyShutdown),
        dropped.GetValueOrDefault(DropReason.Feedback));
}
