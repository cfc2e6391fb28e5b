using System.Globalization;
using Zotify.Logging.Alerts;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Instances;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Monitoring;

/// <summary>
/// Finds instances that are gone, and jobs that are stalled, among all that share the database. Every instance that is left tells them, with
/// the same ids.
/// </summary>
/// <param name="states">Reads them.</param>
internal sealed class InstanceConditions(InstanceStates states)
{
    private const int MostJobs = 100;

    /// <summary>The alerts that it decides.</summary>
    public static IReadOnlyList<string> Names { get; } = [BuiltInAlerts.InstanceGone, BuiltInAlerts.JobStalled];

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
            found.AddRange((await states.StalledJobsAsync(MostJobs, cancellationToken).ConfigureAwait(false)).Select(Stalled));
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

    private static string Text(DateTime time) =>
        DateTime.SpecifyKind(time, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);
}
