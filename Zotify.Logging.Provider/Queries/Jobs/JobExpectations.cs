using Zotify.Logging.Database;
using Zotify.Logging.Instances;

namespace Zotify.Logging.Queries;

/// <summary>What queries of jobs compare running jobs and job types with. Thread-safe.</summary>
/// <param name="rules">Returns the rules in force.</param>
/// <param name="time">The clock.</param>
internal sealed class JobExpectations(Func<JobRules> rules, TimeProvider time)
{
    private readonly ExpectedJobs _expected = new();
    private readonly StalledReader _stalled = new();

    /// <summary>The default options, by the system's clock.</summary>
    public static JobExpectations Default { get; } = new(() => JobRules.None, TimeProvider.System);

    /// <summary>The state of an instance now: one of those of <see cref="InstanceState"/>.</summary>
    public string StateOf(InstanceRow row) => _stalled.StateOf(row, time.GetUtcNow().UtcDateTime);

    /// <summary>Reads which running jobs are stalled now.</summary>
    public Task<StalledStates> StatesAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        _stalled.ReadAsync(connection, rules(), time.GetUtcNow(), cancellationToken);

    /// <summary>The answer for a job, as it is now.</summary>
    public async Task<JobSummary> SummaryAsync(LoggingConnection connection, JobRow job, CancellationToken cancellationToken) =>
        JobSummary.Of(
            job,
            job.Status == JobStatus.Running ? await StatesAsync(connection, cancellationToken).ConfigureAwait(false) : StalledStates.None);

    /// <summary>Finds the job types that should have run and did not.</summary>
    public async Task<IReadOnlyList<OverdueJobType>> OverdueAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var overdue = await _expected.FindAsync(connection, rules(), time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return [.. overdue.Select(type => new OverdueJobType(type.JobType, type.ExpectedEvery, type.LastAt, type.Since))];
    }
}
