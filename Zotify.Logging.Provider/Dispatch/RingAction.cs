namespace Zotify.Logging.Dispatch;

/// <summary>What a call means for the lines that are kept of its trace and job.</summary>
internal enum RingAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An error, or a failed job: they are written.</summary>
    Write,

    /// <summary>The job ended well: its lines are dropped.</summary>
    DropJob,
}
