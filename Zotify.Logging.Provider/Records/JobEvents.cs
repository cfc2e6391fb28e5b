using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Records;

/// <summary>
/// The events that set a job's status. The names are the contract; the numbers are those of the library's own integrations.
/// </summary>
internal static class JobEvents
{
    /// <summary>The job runs, for the first time or again.</summary>
    public const string StartedName = "job.started";

    /// <summary>It ended, and did its work.</summary>
    public const string CompletedName = "job.completed";

    /// <summary>It ended, and did not do its work.</summary>
    public const string FailedName = "job.failed";

    /// <summary>It was stopped before its end, by its scheduler or by a user.</summary>
    public const string InterruptedName = "job.interrupted";

    /// <inheritdoc cref="StartedName"/>
    public static readonly EventId Started = new(1, StartedName);

    /// <inheritdoc cref="CompletedName"/>
    public static readonly EventId Completed = new(2, CompletedName);

    /// <inheritdoc cref="FailedName"/>
    public static readonly EventId Failed = new(3, FailedName);

    /// <inheritdoc cref="InterruptedName"/>
    public static readonly EventId Interrupted = new(4, InterruptedName);
}
