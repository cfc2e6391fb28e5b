using Zotify.Logging.Instances;

namespace Zotify.Logging.Queries;

/// <summary>A job, by the columns of <c>jobs</c>.</summary>
public sealed record JobSummary
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>Its type.</summary>
    public string? JobType { get; init; }

    /// <summary>
    /// <c>running</c>, <c>stalled</c>, <c>completed</c>, <c>failed</c> or <c>interrupted</c>. A stalled job has not ended, and may go on:
    /// see <see cref="StalledReason"/>.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>
    /// Why it is stalled: <c>instance_gone</c>, its instance has not been seen for 30 seconds, or <c>silent</c>, it logged nothing for the
    /// <c>SilentAfter</c> of its type; <see langword="null"/> where it is not stalled.
    /// </summary>
    public string? StalledReason { get; init; }

    /// <summary>The instance that runs it, or ran it last.</summary>
    public string? Instance { get; init; }

    /// <summary>The newest progress.</summary>
    public long? ProgressDone { get; init; }

    /// <summary>What the progress counts up to.</summary>
    public long? ProgressTotal { get; init; }

    /// <summary>How many entries it has.</summary>
    public required long Entries { get; init; }

    /// <summary>How many of them are warnings.</summary>
    public required long Warnings { get; init; }

    /// <summary>How many of them are errors or critical.</summary>
    public required long Errors { get; init; }

    /// <summary>The time of the first entry, in UTC.</summary>
    public required DateTime FirstAt { get; init; }

    /// <summary>The time of the last entry, in UTC.</summary>
    public required DateTime LastAt { get; init; }

    /// <summary>
    /// When it completed, failed or was found interrupted, in UTC. It is after <see cref="LastAt"/> only where another instance ended the
    /// job, because its own was gone.
    /// </summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>The last entry's message.</summary>
    public string? LastMessage { get; init; }

    /// <summary>Converts a row of a job that has ended.</summary>
    internal static JobSummary Of(JobRow row) => Of(row, StalledStates.None);

    /// <summary>Converts a row.</summary>
    internal static JobSummary Of(JobRow row, StalledStates states) => new()
    {
        JobId = row.JobId,
        JobType = row.JobType,
        Status = states.StatusOf(row),
        StalledReason = states.ReasonOf(row),
        Instance = row.Instance,
        ProgressDone = row.ProgressDone,
        ProgressTotal = row.ProgressTotal,
        Entries = row.Entries,
        Warnings = row.Warnings,
        Errors = row.Errors,
        FirstAt = row.FirstAt,
        LastAt = row.LastAt,
        EndedAt = row.EndedAt,
        LastMessage = row.LastMessage,
    };
}
