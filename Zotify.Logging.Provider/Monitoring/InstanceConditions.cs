using System.Globalization;
using Zotify.Logging.Alerts;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Instances;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Monitoring;

/// <summary>
/// Finds instances that are gone, jobs that are stalled, and job types that are overdue, among all that share the database. Every instance
/// that is left tells them, with the same ids.
/// </summary>
/// <param name="states">Reads them.</param>
internal sealed class InstanceConditions(InstanceStates states)
{
    /// <summary>The most stalled jobs that are told one by one.</summary>
    public const int MostJobs = JobWatch.MostStalled;

    /// <summary>The alerts that it decides.</summary>
    public static IReadOnlyList<string> Names { get; } = [BuiltInAlerts.InstanceGone, BuiltInAlerts.JobStalled, BuiltInAlerts.JobOverdue];

    /// <summary>Reads all that are true now. Without any, it does not read the database.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<IReadOnlyList<AlertCondition>> ReadAsync(WatchStatus watch, CancellationToken cancellationToken)
    {
        var found = new List<AlertCondition>();
        if (watch.Gone.Count > 0)
        {
            // Those that were given up are not in the list any more: they were told.
            var instances = await states.ListAsync(cancellationToken).ConfigureAwait(false);
            found.AddRange(
                instances.Where(instance => instance.State == InstanceState.Gone && watch.Gone.Contains(instance.Instance)).Select(Gone));
        }

        if (watch.StalledJobs > 0)
        {
            var jobs = await states.StalledJobsAsync(MostJobs + 1, cancellationToken).ConfigureAwait(false);
            found.AddRange(jobs.Take(MostJobs).Select(Stalled));
            if (jobs.Count > MostJobs) found.Add(Further());
        }

        if (watch.OverdueTypes.Count > 0)
            found.AddRange((await states.OverdueTypesAsync(cancellationToken).ConfigureAwait(false)).Select(Overdue));
        return found;
    }

    private static AlertCondition Gone(InstanceStatus instance)
    {
        var seenAt = Text(instance.SeenAt);
        return new AlertCondition(
            BuiltInAlerts.InstanceGone, instance.Instance, seenAt, $"The instance {instance.Instance} was last seen at {seenAt}")
        {
            IsShared = true,
            Facts = [new("gone", instance.Instance), new("seen_at", seenAt)],
        };
    }

    private static AlertCondition Stalled(JobSummary job)
    {
        var (lastAt, reason) = (Text(job.LastAt), job.StalledReason ?? "");
        return new AlertCondition(
            BuiltInAlerts.JobStalled, job.JobId, $"{lastAt} {reason}", $"The job {job.JobId} runs, and has logged nothing since {lastAt}")
        {
            IsShared = true,
            Facts =
            [
                new("job_id", job.JobId), new("job_type", job.JobType ?? ""), new("last_at", lastAt), new("reason", reason),
            ],
        };
    }

    /// <summary>Told once for all jobs beyond those that are told one by one. No job has an empty id.</summary>
    private static AlertCondition Further() => new(
        BuiltInAlerts.JobStalled,
        "",
        "further",
        string.Create(CultureInfo.InvariantCulture, $"More than {MostJobs} jobs are stalled; further ones are not told one by one"))
    {
        IsShared = true,
    };

    private static AlertCondition Overdue(OverdueJobType type)
    {
        var lastAt = type.LastAt is { } last ? Text(last) : "";
        // Where none ever ran, the time depends on what retention left of other jobs.
        return new AlertCondition(
            BuiltInAlerts.JobOverdue,
            type.JobType,
            $"last {lastAt}",
            $"No job of the type {type.JobType} has logged anything for {type.ExpectedEvery}; "
                + $"it is overdue since {Text(type.OverdueSince)}")
        {
            IsShared = true,
            Facts =
            [
                new("job_type", type.JobType), new("expected_every", type.ExpectedEvery.ToString("c", CultureInfo.InvariantCulture)),
                new("last_at", lastAt), new("overdue_since", Text(type.OverdueSince)),
            ],
        };
    }

    private static string Text(DateTime time) =>
        DateTime.SpecifyKind(time, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);
}
