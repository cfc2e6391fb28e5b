using Microsoft.Extensions.Logging;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>How an entry changes its job's summary. Job facts come from ordinary logging. Pure.</summary>
internal static class JobSummaryUpdate
{
    /// <summary>A job before its first entry is counted.</summary>
    public static JobRow Begin(JobLogRow first) => new()
    {
        JobId = first.JobId,
        Status = JobStatus.Running,
        Instance = first.Instance,
        FirstAt = first.Timestamp,
        LastAt = first.Timestamp,
    };

    /// <summary>Counts the entry. Entries of several instances may come out of order: the newest by timestamp tells the state.</summary>
    public static void Apply(JobRow job, JobLogRow entry, string? jobType)
    {
        job.Entries++;
        if (entry.Level is nameof(LogLevel.Warning)) job.Warnings++;
        if (entry.Level is nameof(LogLevel.Error) or nameof(LogLevel.Critical)) job.Errors++;
        job.JobType = jobType ?? job.JobType;
        if (entry.Timestamp < job.FirstAt) job.FirstAt = entry.Timestamp;
        if (entry.Timestamp >= job.LastAt)
        {
            job.LastAt = entry.Timestamp;
            job.LastMessage = entry.Message;
            job.Instance = entry.Instance;
        }

        ApplyProgress(job, entry);
        ApplyStatus(job, entry);
    }

    private static void ApplyProgress(JobRow job, JobLogRow entry)
    {
        if ((entry.ProgressDone is null && entry.ProgressTotal is null) || entry.Timestamp < job.ProgressAt) return;
        job.ProgressDone = entry.ProgressDone ?? job.ProgressDone;
        job.ProgressTotal = entry.ProgressTotal ?? job.ProgressTotal;
        job.ProgressAt = entry.Timestamp;
    }

    private static void ApplyStatus(JobRow job, JobLogRow entry)
    {
        switch (entry.EventName)
        {
            case "job.started":
                job.Status = JobStatus.Running;
                job.EndedAt = null;
                break;
            case "job.completed":
                job.Status = JobStatus.Completed;
                job.EndedAt = entry.Timestamp;
                break;
            case "job.failed":
                job.Status = JobStatus.Failed;
                job.EndedAt = entry.Timestamp;
                break;
        }
    }
}
