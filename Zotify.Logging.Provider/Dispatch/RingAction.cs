namespace Zotify.Logging.Dispatch;

/// <summary>The effect of a call on the kept lines of its trace and job.</summary>
internal enum RingAction
{
    /// <summary>No effect.</summary>
    None,

    /// <summary>An error or a failed job: the lines are written.</summary>
    Write,

    /// <summary>The job completed: its lines are dropped.</summary>
    DropJob,
}
