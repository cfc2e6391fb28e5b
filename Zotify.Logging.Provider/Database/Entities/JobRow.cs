namespace Zotify.Logging.Provider.Database.Entities;

/// <summary>A job, summed up from its entries: table <c>jobs</c>.</summary>
internal sealed class JobRow
{
    public required string JobId { get; set; }

    public string? JobType { get; set; }

    public required string Status { get; set; }

    /// <summary>The instance of the last entry: whose job it is when an instance starts again.</summary>
    public required string Instance { get; set; }

    public long? ProgressDone { get; set; }

    public long? ProgressTotal { get; set; }

    /// <summary>The time of the entry that the progress is from: the newest counts.</summary>
    public DateTime? ProgressAt { get; set; }

    public long Entries { get; set; }

    public long Warnings { get; set; }

    public long Errors { get; set; }

    public DateTime FirstAt { get; set; }

    public DateTime LastAt { get; set; }

    public DateTime? EndedAt { get; set; }

    public string? LastMessage { get; set; }
}
