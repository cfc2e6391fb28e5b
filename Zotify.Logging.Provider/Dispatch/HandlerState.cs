namespace Zotify.Logging;

/// <summary>The state of a handler.</summary>
public enum HandlerState
{
    /// <summary>It has not started yet: nothing was logged to it, or it is starting and its records wait in the queue.</summary>
    Starting,

    /// <summary>It writes its records.</summary>
    Running,

    /// <summary>It cannot start or write, or its queue overflows. Records wait in the queue, or are dropped and counted.</summary>
    Failing,

    /// <summary><c>Enabled</c> is <c>false</c>: it receives no new records.</summary>
    Disabled,

    /// <summary>It is shut down and accepts no more records.</summary>
    Stopped,
}
