using Zotify.Logging.Database;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>Projected entries of jobs, and streams of a job's log.</summary>
public abstract class JobLogTailFixture : JobStoreContract
{
    private protected const string Job = "sync-1";

    private JobLogTail? _tail;

    private protected JobLogTail Tail => _tail ??= NewTail(Database);

    private protected static JobLogTail NewTail(LoggingDatabase database) =>
        new(new LiveDatabase(database, TimeProvider.System), new FixedReadYourWrites());

    private protected static string? Message(LogItem<JobLogEntry> item) => ((JobLogRecord)item).Entry.Message;

    private protected static Task<string?[]> MessagesAsync(BlockSubscriber<JobLogEntry> subscriber, int count) =>
        subscriber.NextAsync(count, Message);

    private protected async Task<OpenedJobLog> OpenAsync(JobStreamQuery query) => (await Tail.OpenAsync(query, Cancellation))!;

    private protected async Task<BlockSubscriber<JobLogEntry>> FollowAsync(JobStreamQuery query) => new((await OpenAsync(query)).Blocks);

    private protected async Task<List<LogItem<JobLogEntry>>> ReadAsync(JobStreamQuery query)
    {
        await using var subscriber = await FollowAsync(query with { Follow = false });
        return await subscriber.RestAsync();
    }
}
