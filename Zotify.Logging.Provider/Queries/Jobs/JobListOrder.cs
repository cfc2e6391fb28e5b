namespace Zotify.Logging.Queries;

/// <summary>The orders of a list of jobs.</summary>
public enum JobListOrder
{
    /// <summary>Those that began last first.</summary>
    Began,

    /// <summary>Those that ended last first; those that have not ended come after all others.</summary>
    Ended,
}
