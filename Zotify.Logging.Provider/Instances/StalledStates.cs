using Zotify.Logging.Database;

namespace Zotify.Logging.Instances;

/// <summary>
/// Decides which running jobs are stalled, at one moment: their instance is gone, or they logged nothing for too long. Immutable.
/// </summary>
internal sealed class StalledStates
{
    private static readonly DateTime Never = DateTime.SpecifyKind(default, DateTimeKind.Utc);

    private readonly HashSet<string> _unseen;
    private readonly IReadOnlyDictionary<string, DateTime> _silent;
    private readonly JobRules _rules;
    private readonly DateTime _now;

    /// <param name="unseen">The instances that nobody has seen for 30 seconds, whatever the reason: they run no job any more.</param>
    /// <param name="silent">The jobs that are silent although their last time is ahead, with that time.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="now">The time of the decision, in UTC.</param>
    public StalledStates(
        IEnumerable<string> unseen, IReadOnlyDictionary<string, DateTime> silent, JobRules rules, DateTime now)
    {
        _unseen = new HashSet<string>(unseen, StringComparer.Ordinal);
        _silent = silent;
        _rules = rules;
        _now = now;
    }

    /// <summary>No job is stalled.</summary>
    public static StalledStates None { get; } = new([], new Dictionary<string, DateTime>(), JobRules.None, DateTime.MinValue);

    /// <summary>Whether any job can be stalled.</summary>
    public bool CanStall => _unseen.Count > 0 || _rules.SilentAfter.All.Count > 0;

    /// <summary>The status that answers show: the stored one, or <c>stalled</c>.</summary>
    public string StatusOf(JobRow job) => ReasonOf(job) is null ? job.Status : JobStatus.Stalled;

    /// <summary>One of <see cref="StalledReason"/>; <see langword="null"/> where the job is not stalled.</summary>
    public string? ReasonOf(JobRow job)
    {
        if (job.Status != JobStatus.Running) return null;
        if (_unseen.Contains(job.Instance)) return StalledReason.InstanceGone;
        if (_silent.TryGetValue(job.JobId, out var ahead) && ahead == job.LastAt) return StalledReason.Silent;
        return _rules.SilentAfter.Of(job.JobType) is { } silent && job.LastAt < Before(silent) ? StalledReason.Silent : null;
    }

    /// <summary>The same decision as SQL, for running jobs: a condition that is never NULL.</summary>
    /// <param name="filter">Gets the parameters.</param>
    /// <param name="dialect">How the engine writes it.</param>
    /// <param name="table">The alias of <c>jobs</c>.</param>
    public string Condition(SqlFilter filter, SqlDialect dialect, string table)
    {
        var conditions = new List<string>();
        if (_unseen.Count > 0) conditions.Add(dialect.InJson($"{table}.instance", filter.Value(SqlJson.Of(_unseen))));
        if (_silent.Count > 0) conditions.Add(dialect.InJson($"{table}.job_id", filter.Value(SqlJson.Of(_silent.Keys))));
        if (_rules.SilentAfter.All.Count > 0)
        {
            var cases = _rules.SilentAfter.All.Select(entry =>
                $"WHEN {entry.Pattern.Condition($"{table}.job_type", dialect, filter)} THEN {filter.Value(Before(entry.Time))}");
            conditions.Add($"{table}.last_at < CASE {string.Join(' ', cases)} ELSE {filter.Value(Never)} END");
        }

        return conditions.Count == 0 ? "(1 = 0)" : $"({string.Join(" OR ", conditions)})";
    }

    private DateTime Before(TimeSpan age) => _now.Ticks > age.Ticks ? _now - age : Never;
}
