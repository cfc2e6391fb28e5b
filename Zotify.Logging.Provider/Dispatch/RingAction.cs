namespace Zotify.Logging.Dispatch;

/// <summary>What a call means for the lines that are kept of its trace and job.</summary>
internal enum RingAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The lines are written: the call is an error, or its job failed.</summary>
    Write,

    /// <summary>The lines of the job are dropped: it ended well.</summary>
    DropJob,
}
