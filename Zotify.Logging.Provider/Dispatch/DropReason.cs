namespace Zotify.Logging.Handlers;

/// <summary>Why a record did not reach its handler. Every record ends written or counted under one of these.</summary>
public enum DropReason
{
    /// <summary><c>queue_full</c>: the handler's queue had no place, and the wait for one, if any, ran out.</summary>
    QueueFull,

    /// <summary><c>handler_failed</c>: the handler threw, and no further attempt was due.</summary>
    HandlerFailed,

    /// <summary><c>already_shutdown</c>: logged after the service was disposed, or not drained within <c>ShutdownTimeout</c>.</summary>
    AlreadyShutdown,

    /// <summary><c>feedback</c>: logged by what the handler itself called while writing.</summary>
    Feedback,
}
