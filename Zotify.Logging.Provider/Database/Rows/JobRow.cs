using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging;

/// <summary>A row of <c>jobs</c>: a job, summed up from its entries.</summary>
public sealed class JobRow
{
    /// <summary>The job, shortened by <see cref="JobIds.Shorten"/>.</summary>
    public required string JobId { get; set; }

    /// <summary>Its type, where an entry named one.</summary>
    public string? JobType { get; set; }

    /// <summary>One of <see cref="JobStatus"/>.</summary>
    public required string Status { get; set; }

    /// <summary>
    /// The instance that runs the job: the one of its first entry, later of its newest <c>job.started</c>. When this instance starts again,
    /// the job cannot be running any more.
    /// </summary>
    public required string Instance { get; set; }

    /// <summary>The newest progress by time.</summary>
    public long? ProgressDone { get; set; }

    /// <summary>What the progress counts up to.</summary>
    public long? ProgressTotal { get; set; }

    /// <summary>The time of the entry with the newest progress, in UTC. An older entry that arrives later does not change the
    /// progress.</summary>
    public DateTime? ProgressAt { get; set; }

    /// <summary>How many entries it has. Also the row's version: every entry raises it.</summary>
    public required long Entries { get; set; }

    /// <summary>How many of them are warnings.</summary>
    public required long Warnings { get; set; }

    /// <summary>How many of them are errors or critical.</summary>
    public required long Errors { get; set; }

    /// <summary>The earliest time of an entry, in UTC.</summary>
    public required DateTime FirstAt { get; set; }

    /// <summary>The latest time of an entry, in UTC.</summary>
    public required DateTime LastAt { get; set; }

    /// <summary>When it completed or failed, in UTC; for an interrupted job, the time of its last entry before that was found.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The message of the entry with the latest time.</summary>
    public string? LastMessage { get; set; }
}
