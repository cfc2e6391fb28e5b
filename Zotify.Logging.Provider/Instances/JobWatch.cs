using System.Globalization;
using Zotify.Logging.Database;
using Zotify.Logging.Dispatch;

namespace Zotify.Logging.Instances;

/// <summary>
/// Watches over all instances and jobs of the database, at each beat of this instance: ends the jobs of instances that are gone for long,
/// and keeps what metrics and health show. <see cref="Status"/> is thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="rules">Returns the rules in force.</param>
/// <param name="abandoned">Gets each job that this instance has ended.</param>
/// <param name="report">Reports to the operator whose jobs were ended.</param>
internal sealed class JobWatch(
    LoggingDatabase database, Func<JobRules> rules, Action<AbandonedJob> abandoned, Action<string> report)
{
    /// <summary>The most stalled jobs that are counted.</summary>
    public const int MostStalled = 1_000;

    private readonly JobAbandonment _abandonment = new(database);
    private readonly ExpectedJobs _expected = new();
    private readonly StalledReader _stalled = new();
    private volatile WatchStatus? _status;
    private DateTimeOffset? _ranAt;
    private DateTimeOffset _blindUntil;

    // Each instance's last beat, and since when this process has seen no later one.
    private Dictionary<string, (DateTime SeenAt, DateTimeOffset Since)> _beats = [];

    /// <summary>What it saw last; <see langword="null"/> before its first run.</summary>
    public WatchStatus? Status => _status;

    /// <summary>Looks at all instances and jobs once.</summary>
    public async Task RunAsync(LoggingConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Where this instance did not reach the database, the others did not either: they get the time to be seen again.
        if (_ranAt is { } last && now - last >= InstanceState.GoneAfter)
        {
            _blindUntil = now + InstanceState.GoneAfter;
            _beats.Clear();
        }

        _ranAt = now;
        var instances = await InstanceTable.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        Note(instances, now);
        if (now < _blindUntil) return;
        var current = rules();
        var before = now.UtcDateTime - current.AbandonedAfter;
        // The clocks of two machines may differ by more than that: only an instance whose beats do not come any more is gone.
        var abandoning = instances.Where(row => row.SeenAt < before && now - _beats[row.Instance].Since >= InstanceState.GoneAfter);
        var names = abandoning.Select(row => row.Instance).ToHashSet(StringComparer.Ordinal);
        await EndAbandonedAsync(connection, names, before, now.UtcDateTime, cancellationToken).ConfigureAwait(false);
        var states = await _stalled.ReadAsync(connection, current, now, cancellationToken).ConfigureAwait(false);
        var stalled = await StalledJobs.ReadAsync(connection, states, MostStalled, cancellationToken).ConfigureAwait(false);
        var overdue = await _expected.FindAsync(connection, current, now, cancellationToken).ConfigureAwait(false);
        _status = new WatchStatus(
            InstanceState.All.ToDictionary(
                state => state, state => instances.Count(row => _stalled.StateOf(row, now.UtcDateTime) == state)),
            [.. instances.Where(row => IsMissed(row, current, now.UtcDateTime)).Select(row => row.Instance)],
            stalled.Count,
            current.ExpectedEvery.All.Select(entry => entry.Pattern.ToString())
                .ToDictionary(type => type, type => overdue.Any(other => other.JobType == type), StringComparer.Ordinal));
    }

    private void Note(List<InstanceRow> instances, DateTimeOffset now)
    {
        var before = _beats;
        _beats = instances.ToDictionary(
            row => row.Instance,
            row => before.TryGetValue(row.Instance, out var beat) && beat.SeenAt == row.SeenAt ? beat : (row.SeenAt, now),
            StringComparer.Ordinal);
    }

    private async Task EndAbandonedAsync(
        LoggingConnection connection, HashSet<string> instances, DateTime before, DateTime now, CancellationToken cancellationToken)
    {
        var ended = new List<AbandonedJob>();
        try
        {
            await _abandonment.RunAsync(connection, instances, before, now, ended, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also where one failed: nobody else gets those before it.
            foreach (var job in ended) abandoned(job);
            foreach (var jobs in ended.GroupBy(job => (job.Instance, job.SeenAt)))
                report(Describe(jobs.Key.Instance, jobs.Count(), jobs.Key.SeenAt));
        }
    }

    private bool IsMissed(InstanceRow row, JobRules rules, DateTime now) =>
        _stalled.StateOf(row, now) == InstanceState.Gone && row.SeenAt >= now - rules.AbandonedAfter;

    private static string Describe(string instance, int jobs, DateTime seenAt) => string.Create(
        CultureInfo.InvariantCulture,
        $"The instance {instance} has not been seen since {seenAt:yyyy-MM-dd HH:mm:ss} UTC; {jobs} of its jobs are now interrupted");
}
