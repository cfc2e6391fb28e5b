using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Formats;
using Zotify.Logging.Records;

namespace Zotify.Logging.Projection;

/// <summary>Sums up a job's entries. Entries arrive in the order of the journal, but their times may not ascend.</summary>
internal static class JobFacts
{
    /// <summary>The job of a first entry, before that entry is counted.</summary>
    public static JobRow First(JobLogRow entry) => new()
    {
        JobId = entry.JobId,
        Status = JobStatus.Running,
        Instance = entry.Instance,
        Entries = 0,
        Warnings = 0,
        Errors = 0,
        FirstAt = entry.Timestamp,
        LastAt = entry.Timestamp,
    };

    /// <summary>Adds an entry to its job.</summary>
    public static void Add(JobRow job, JobLine line)
    {
        var entry = line.Row;
        job.JobType = line.JobType ?? job.JobType;
        job.Entries++;
        if (entry.Level == nameof(LogLevel.Warning)) job.Warnings++;
        if (entry.Level is nameof(LogLevel.Error) or nameof(LogLevel.Critical)) job.Errors++;
        if (IsNoteOfAbandonment(entry))
        {
            AddNote(job, entry);
            return;
        }

        Reopen(job, entry);
        AddTime(job, entry);
        AddProgress(job, entry);
        AddStatus(job, entry);
    }

    /// <summary>
    /// Whether another instance logged that it ended the job, whose own instance was gone. It changed the job's row before, by a condition;
    /// until its entry arrives here, the job may run again.
    /// </summary>
    private static bool IsNoteOfAbandonment(JobLogRow entry) =>
        entry is { EventName: JobEvents.InterruptedName, Category: ReservedNames.Category };

    // It leaves the times alone: an end after the last entry is what tells such a job from others.
    private static void AddNote(JobRow job, JobLogRow note)
    {
        if (job.Entries == 1)
        {
            // In a new database, the note may arrive before the job's own entries.
            job.Status = JobStatus.Interrupted;
            job.EndedAt = note.Timestamp.AddMicroseconds(1);
        }

        if (job.IsAbandoned) job.LastMessage = note.Message;
    }

    /// <summary>Its instance was taken for gone, but the job goes on: its entry proves it.</summary>
    private static void Reopen(JobRow job, JobLogRow entry)
    {
        if (!job.IsAbandoned) return;
        job.EndedAt = null;
        job.Status = JobStatus.Running;
        job.Instance = entry.Instance;
    }

    private static void AddTime(JobRow job, JobLogRow entry)
    {
        if (entry.Timestamp < job.FirstAt) job.FirstAt = entry.Timestamp;
        if (entry.Timestamp < job.LastAt) return;
        job.LastAt = entry.Timestamp;
        job.LastMessage = entry.Message;
    }

    private static void AddProgress(JobRow job, JobLogRow entry)
    {
        if (entry.ProgressDone is null && entry.ProgressTotal is null) return;
        if (job.ProgressAt is { } known && entry.Timestamp < known)
        {
            // An older entry sets only values that no newer entry has set.
            job.ProgressDone ??= entry.ProgressDone;
            job.ProgressTotal ??= entry.ProgressTotal;
            return;
        }

        job.ProgressAt = entry.Timestamp;
        job.ProgressDone = entry.ProgressDone ?? job.ProgressDone;
        job.ProgressTotal = entry.ProgressTotal ?? job.ProgressTotal;
    }

    private static void AddStatus(JobRow job, JobLogRow entry)
    {
        switch (entry.EventName)
        {
            case JobEvents.StartedName:
                job.Status = JobStatus.Running;
                job.EndedAt = null;
                // The instance that restarts the job is the one whose end would interrupt it.
                job.Instance = entry.Instance;
                break;
            case JobEvents.CompletedName:
                job.Status = JobStatus.Completed;
                job.EndedAt = entry.Timestamp;
                break;
            case JobEvents.FailedName:
                job.Status = JobStatus.Failed;
                job.EndedAt = entry.Timestamp;
                break;
            case JobEvents.InterruptedName:
                job.Status = JobStatus.Interrupted;
                job.EndedAt = entry.Timestamp;
                break;
        }
    }
}
