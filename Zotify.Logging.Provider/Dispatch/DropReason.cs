namespace Zotify.Logging.Handlers;

/// <summary>Why a record was dropped. Every record ends written, or counted under one of these reasons.</summary>
public enum DropReason
{
    /// <summary><c>queue_full</c>: the handler's queue had no space, and the wait for space, if any, timed out.</summary>
    QueueFull,

    /// <summary><c>handler_failed</c>: the handler threw, and the batch was not retried any more.</summary>
    HandlerFailed,

    /// <summary><c>already_shutdown</c>: logged after the service was disposed, or not drained within <c>ShutdownTimeout</c>.</summary>
    AlreadyShutdown,

    /// <summary><c>feedback</c>: logged by code that the handler itself called. It would feed the handler for ever.</summary>
    Feedback,
}
