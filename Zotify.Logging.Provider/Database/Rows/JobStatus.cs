namespace Zotify.Logging.Database;

/// <summary>The values of <c>jobs.status</c>.</summary>
internal static class JobStatus
{
    /// <summary>It has begun, and has not reported its end.</summary>
    public const string Running = "running";

    /// <summary>It reported that it completed.</summary>
    public const string Completed = "completed";

    /// <summary>It reported that it failed.</summary>
    public const string Failed = "failed";

    /// <summary>It reported that it was stopped, or the instance that ran it ended or crashed before the job did.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>
    /// Never stored. Answers show it for a running job whose instance is gone, or that logged nothing for its type's <c>SilentAfter</c>.
    /// </summary>
    public const string Stalled = "stalled";

    /// <summary>All that answers show.</summary>
    public static IReadOnlyList<string> Shown { get; } = [Running, Stalled, Completed, Failed, Interrupted];
}
