using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>Projected entries of jobs, and queries of a job's log.</summary>
public abstract class JobLogsFixture : JobStoreContract
{
    private protected JobLogs Logs => new(Database, new FixedReadYourWrites());

    private protected Task<JobLogPage?> ReadAsync(JobLogQuery query) => Logs.ReadAsync(query, Cancellation);

    private protected async Task<string> FoundAsync(JobLogQuery query) =>
        string.Join(' ', (await ReadAsync(query))!.Items.Select(item => item.Message!.Split(' ', '~')[0]));
}
