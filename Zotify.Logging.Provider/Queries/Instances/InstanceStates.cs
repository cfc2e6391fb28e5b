using System.Diagnostics;
using Zotify.Logging.Database;
using Zotify.Logging.Instances;

namespace Zotify.Logging.Queries;

/// <summary>
/// What the tables show about all writers: which of them are gone, which jobs are stalled, and which job types are overdue. Alerts and
/// endpoints ask it. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="expectations">What jobs are compared with.</param>
/// <param name="time">The clock.</param>
/// <param name="own">The name of this process, which is all that is known without a database.</param>
internal sealed class InstanceStates(LoggingDatabase database, JobExpectations expectations, TimeProvider time, Func<string> own)
{
    /// <summary>Reads all instances, in the order of their names. Without a database: this process.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public Task<IReadOnlyList<InstanceStatus>> ListAsync(CancellationToken cancellationToken) =>
        database.IsConfigured ? database.ReadAsync(ReadAsync, cancellationToken) : Task.FromResult<IReadOnlyList<InstanceStatus>>([Own()]);

    /// <summary>Reads the jobs that are stalled, those without an entry for the longest time first.</summary>
    /// <param name="most">The most jobs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="NoDatabaseException">No database is configured.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public Task<IReadOnlyList<JobSummary>> StalledJobsAsync(int most, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<JobSummary>>(
            async (connection, cancellation) =>
            {
                var states = await expectations.StatesAsync(connection, cancellation).ConfigureAwait(false);
                var jobs = await StalledJobs.ReadAsync(connection, states, most, cancellation).ConfigureAwait(false);
                return jobs.ConvertAll(job => JobSummary.Of(job, states));
            },
            cancellationToken);

    /// <summary>Finds the job types that should have run and did not.</summary>
    /// <exception cref="NoDatabaseException">No database is configured.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public Task<IReadOnlyList<OverdueJobType>> OverdueTypesAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(expectations.OverdueAsync, cancellationToken);

    private async Task<IReadOnlyList<InstanceStatus>> ReadAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var rows = await InstanceTable.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        var jobs = await InstanceTable.CountJobsAsync(connection, cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(row => new InstanceStatus(
            row.Instance, expectations.StateOf(row), row.StartedAt, row.SeenAt, row.StoppedAt, row.Version,
            jobs.GetValueOrDefault(row.Instance)));
    }

    private InstanceStatus Own()
    {
        using var process = Process.GetCurrentProcess();
        return new InstanceStatus(
            own(), InstanceState.Running, process.StartTime.ToUniversalTime(), time.GetUtcNow().UtcDateTime, null, ProgramVersion.Current,
            null);
    }
}
