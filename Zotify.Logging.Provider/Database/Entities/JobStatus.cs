namespace Zotify.Logging.Provider.Database.Entities;

/// <summary>The values of <c>jobs.status</c>.</summary>
internal static class JobStatus
{
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";

    /// <summary>Its instance ended without saying how the job did.</summary>
    public const string Interrupted = "interrupted";
}
