using Zotify.Logging.Queries;

namespace Zotify.Logging.Alerts;

/// <summary>The names of the alerts that need no configuration.</summary>
internal static class BuiltInAlerts
{
    /// <summary>The files of the audit log are not as they were written.</summary>
    public const string AuditBroken = "audit_broken";

    /// <summary>Audit events cannot be written.</summary>
    public const string AuditNotWritten = "audit_not_written";

    /// <summary>Rows of the audit log differ from its files.</summary>
    public const string RowsDiffer = "rows_differ";

    /// <summary>The records of a journal do not reach the database or a target.</summary>
    public const string JournalStuck = "journal_stuck";

    /// <summary>Records were dropped.</summary>
    public const string RecordsLost = "records_lost";

    /// <summary>A job failed.</summary>
    public const string JobFailed = "job_failed";

    /// <summary>A job runs, and its instance is gone, or it logged nothing for too long.</summary>
    public const string JobStalled = "job_stalled";

    /// <summary>No job of a type ran within its <c>ExpectedEvery</c>.</summary>
    public const string JobOverdue = "job_overdue";

    /// <summary>Another instance was not seen for half a minute.</summary>
    public const string InstanceGone = "instance_gone";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [AuditBroken, AuditNotWritten, RowsDiffer, JournalStuck, RecordsLost, JobFailed, JobStalled, JobOverdue, InstanceGone];

    /// <summary>The rule of <see cref="JobFailed"/>.</summary>
    public static AlertRule FailedJobs { get; } = new(JobFailed, "status=failed")
    {
        Type = $"alert.{JobFailed}",
        Jobs = new JobPredicate(new JobListQuery { Statuses = ["failed"] }),
    };
}
