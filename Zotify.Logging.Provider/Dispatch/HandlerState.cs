namespace Zotify.Logging;

/// <summary>What a handler is at.</summary>
public enum HandlerState
{
    /// <summary>It is being made and started; its records wait.</summary>
    Starting,

    /// <summary>It writes what it is given.</summary>
    Running,

    /// <summary>It does not start or does not write, or its queue overflows: what was logged since waits, or was dropped and counted.</summary>
    Failing,

    /// <summary><c>Enabled</c> is <c>false</c>: it is given nothing new.</summary>
    Disabled,

    /// <summary>It is shut down, and takes no more records.</summary>
    Stopped,
}
