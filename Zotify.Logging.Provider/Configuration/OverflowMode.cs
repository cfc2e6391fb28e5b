namespace Zotify.Logging.Handlers;

/// <summary>What a log call does when the queue of a handler is full.</summary>
public enum OverflowMode
{
    /// <summary>The new record is dropped and counted; the call returns at once.</summary>
    Drop,

    /// <summary>The call waits up to <see cref="LogHandlerOptions.WaitTimeout"/> for space.</summary>
    Wait,
}
