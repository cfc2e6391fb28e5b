using Zotify.Logging.Database;

namespace Zotify.Logging.Instances;

/// <summary>
/// Decides which running jobs are stalled, at one moment: their instance is gone, or they logged nothing for too long. Immutable.
/// </summary>
internal sealed class StalledStates
{
    private static readonly DateTime Never = DateTime.SpecifyKind(default, DateTimeKind.Utc);

    private readonly HashSet<string> _unseen;
    private readonly JobRules _rules;
    private readonly DateTime _now;

    private StalledStates(IEnumerable<string> unseen, JobRules rules, DateTime now)
    {
        _unseen = new HashSet<string>(unseen, StringComparer.Ordinal);
        _rules = rules;
        _now = now;
    }

    /// <summary>No job is stalled.</summary>
    public static StalledStates None { get; } = new([], JobRules.None, DateTime.MinValue);

    /// <summary>Whether any job can be stalled.</summary>
    public bool CanStall => _unseen.Count > 0 || _rules.SilentAfter.All.Count > 0;

    /// <summary>Reads which instances are gone.</summary>
    public static async Task<StalledStates> ReadAsync(
        LoggingConnection connection, JobRules rules, DateTimeOffset now, CancellationToken cancellationToken) => new(
        await InstanceTable.UnseenAsync(connection, InstanceState.UnseenBefore(now.UtcDateTime), cancellationToken).ConfigureAwait(false),
        rules,
        now.UtcDateTime);

    /// <summary>The status that answers show: the stored one, or <c>stalled</c>.</summary>
    public string StatusOf(JobRow job) => ReasonOf(job) is null ? job.Status : JobStatus.Stalled;

    /// <summary>One of <see cref="StalledReason"/>; <see langword="null"/> where the job is not stalled.</summary>
    public string? ReasonOf(JobRow job)
    {
        if (job.Status != JobStatus.Running) return null;
        if (_unseen.Contains(job.Instance)) return StalledReason.InstanceGone;
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
