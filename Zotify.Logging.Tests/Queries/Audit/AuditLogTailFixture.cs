using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>Projected audit events, and streams of them.</summary>
public abstract class AuditLogTailFixture : StoreContract
{
    private protected static readonly AuditStreamQuery All = new(new AuditQuery()) { Tail = int.MaxValue };

    private AuditLogTail? _tail;

    private protected AuditLogTail Tail => _tail ??= NewTail(Database);

    private protected static AuditLogTail NewTail(LoggingDatabase database) =>
        new(new LiveDatabase(database, TimeProvider.System), new FixedReadYourWrites());

    private protected static string? Message(LogItem<AuditEvent> item) => ((AuditLogRecord)item).Event.Message;

    private protected static Task<string?[]> MessagesAsync(BlockSubscriber<AuditEvent> subscriber, int count) =>
        subscriber.NextAsync(count, Message);

    private protected async Task<BlockSubscriber<AuditEvent>> FollowAsync(AuditStreamQuery query) => new(await Tail.OpenAsync(query, Cancellation));

    private protected async Task<List<LogItem<AuditEvent>>> ReadAsync(AuditStreamQuery query)
    {
        await using var subscriber = await FollowAsync(query with { Follow = false });
        return await subscriber.RestAsync();
    }

    private protected async Task AddAsync(params string[] lines)
    {
        Journal.Append(lines);
        await ProjectAsync(new AuditProjection());
    }
}
