using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
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
        AddTime(job, entry);
        AddProgress(job, entry);
        AddStatus(job, entry);
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
