using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>How many round trips a batch costs, counted between the driver and the server.</summary>
[TestClass]
[SqlServerCondition]
public sealed class SqlServerRoundTripTests : StoreContract
{
    private const int BatchSize = 50;

    // The table's metadata, which the driver reads once a connection, would be another batch before the bulk insert.
    private static readonly TdsRequest[] OfBatch =
    [
        TdsRequest.Transaction, TdsRequest.Command, TdsRequest.Batch, TdsRequest.Rows, TdsRequest.Command, TdsRequest.Transaction,
    ];

    private LyingProxy _proxy = null!;
    private LoggingDatabase _behindProxy = null!;

    private protected override TestStore NewStore() => new SqlServerStore();

    [TestInitialize]
    public void OpenBehindProxy()
    {
        _proxy = new LyingProxy(((SqlServerStore)Store).ConnectionString);
        _behindProxy = new LoggingDatabase(
            new DatabaseOptions { Provider = DatabaseProvider.SqlServer, ConnectionString = _proxy.ConnectionString },
            Path.GetTempPath(),
            [new TestEngineFactory()]);
    }

    [TestCleanup]
    public async Task CloseProxyAsync()
    {
        _behindProxy.Dispose();
        await _proxy.DisposeAsync();
    }

    [TestMethod]
    public async Task A_batch_of_entries_has_two_commands_beside_its_rows()
    {
        await using var session = await OpenAsync(new JobProjection());
        for (var batch = 1; batch <= 3; batch++)
        {
            // One of the jobs is new each time.
            Journal.Append(Enumerable.Range(0, BatchSize).Select(i => Lines.Job(jobId: $"sync-{batch * (i % 2)}")));
            await AssertRoundTripsAsync(session, isFirst: batch == 1);
        }

        Assert.HasCount(3 * BatchSize, await JobRowsAsync());
        Assert.AreEqual(3 * BatchSize / 2, (await JobAsync("sync-0")).Entries);
    }

    [TestMethod]
    public async Task A_batch_of_events_has_two_commands_beside_its_rows()
    {
        await using var session = await OpenAsync(new AuditProjection());
        for (var batch = 1; batch <= 3; batch++)
        {
            Journal.Append(Enumerable.Range(0, BatchSize).Select(i => Lines.Audit(message: $"{i}", userId: $"u{batch}")));
            await AssertRoundTripsAsync(session, isFirst: batch == 1);
        }

        Assert.HasCount(3 * BatchSize, await AuditRowsAsync());
        Assert.AreEqual(3 * BatchSize, (await AuditCountsAsync()).Sum(row => row.Count));
    }

    private async Task<ProjectionSession> OpenAsync(IProjection projection)
    {
        var rejected = NewRejected();
        var identifier = new JournalIdentifier(Journal, projection, rejected, "m1/app", Report);
        return await ProjectionSession.OpenAsync(_behindProxy, projection, rejected, Journal, identifier, Cancellation);
    }

    private async Task AssertRoundTripsAsync(ProjectionSession session, bool isFirst)
    {
        _proxy.Requests.Clear();
        Assert.IsTrue(await session.ApplyAsync(session.Parse(Journal.Read(session.Checkpoint, BatchSize)), Cancellation));

        // The rows may be in several packets.
        var requests = _proxy.Requests.ToList();
        if (isFirst) requests.RemoveAt(requests.IndexOf(TdsRequest.Batch));
        AssertSame(requests, OfBatch);
    }
}
