namespace Zotify.Logging.Database;

/// <summary>The values of <c>jobs.status</c>.</summary>
internal static class JobStatus
{
    /// <summary>It has begun and has not said that it ended.</summary>
    public const string Running = "running";

    /// <summary>It said that it completed.</summary>
    public const string Completed = "completed";

    /// <summary>It said that it failed.</summary>
    public const string Failed = "failed";

    /// <summary>The instance that ran it ended, or fell, before it did.</summary>
    public const string Interrupted = "interrupted";
}
