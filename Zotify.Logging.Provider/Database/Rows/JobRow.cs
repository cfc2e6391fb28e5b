using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Database;
using Zotify.Logging.Records;
using Column = Zotify.Logging.Database.RowColumn<Zotify.Logging.JobRow>;

namespace Zotify.Logging;

/// <summary>A row of <c>jobs</c>: a job, summed up from its entries.</summary>
public sealed class JobRow
{
    /// <summary>Creates a row whose required members the caller sets.</summary>
    public JobRow()
    {
    }

    /// <summary>Creates a row whose members are set by <see cref="Columns"/>.</summary>
    [SetsRequiredMembers]
    internal JobRow(string jobId)
    {
        JobId = jobId;
        Status = Instance = "";
    }

    /// <summary>The job, shortened by <see cref="JobIds.Shorten"/>.</summary>
    public required string JobId { get; set; }

    /// <summary>Its type, where an entry named one.</summary>
    public string? JobType { get; set; }

    /// <summary>One of <see cref="JobStatus"/>.</summary>
    public required string Status { get; set; }

    /// <summary>
    /// The instance that runs the job: the one of its first entry, later of its newest <c>job.started</c>. When another run writes the
    /// journal that this instance logged to, the job cannot be running any more.
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

    /// <summary>
    /// When it completed, failed or was stopped, in UTC; for a job whose process ended, the time of its last entry before that was found.
    /// Where another instance ended it, because its own was gone, when it did that: only then it is after <see cref="LastAt"/>.
    /// </summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Whether another instance ended it, because its own was gone. If it has an entry later, it runs again.</summary>
    internal bool IsAbandoned => Status == JobStatus.Interrupted && EndedAt > LastAt;

    /// <summary>The message of the entry with the latest time.</summary>
    public string? LastMessage { get; set; }

    /// <summary>
    /// All columns: the one list that tables, readers and model follow. See CONTRIBUTING.md, "Add a column". The projection computes their
    /// values.
    /// </summary>
    internal static ImmutableArray<RowColumn<JobRow>> Columns { get; } =
    [
        Column.Text("job_id", ColumnLengths.Name, row => row.JobId, (row, value) => row.JobId = value),
        Column.TextOrNull("job_type", ColumnLengths.Name, row => row.JobType, (row, value) => row.JobType = value),
        Column.Text("status", ColumnLengths.Name, row => row.Status, (row, value) => row.Status = value),
        Column.Text("instance", ColumnLengths.Instance, row => row.Instance, (row, value) => row.Instance = value),
        Column.Int64OrNull("progress_done", row => row.ProgressDone, (row, value) => row.ProgressDone = value),
        Column.Int64OrNull("progress_total", row => row.ProgressTotal, (row, value) => row.ProgressTotal = value),
        Column.TimeOrNull("progress_at", row => row.ProgressAt, (row, value) => row.ProgressAt = value),
        Column.Int64("entries", row => row.Entries, (row, value) => row.Entries = value),
        Column.Int64("warnings", row => row.Warnings, (row, value) => row.Warnings = value),
        Column.Int64("errors", row => row.Errors, (row, value) => row.Errors = value),
        Column.Time("first_at", row => row.FirstAt, (row, value) => row.FirstAt = value),
        Column.Time("last_at", row => row.LastAt, (row, value) => row.LastAt = value),
        Column.TimeOrNull("ended_at", row => row.EndedAt, (row, value) => row.EndedAt = value),
        Column.TextOrNull("last_message", length: null, row => row.LastMessage, (row, value) => row.LastMessage = value),
    ];
}
