using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>Whatever the driver throws while a statement runs is a fault of the database: on a server behind a proxy that lies.</summary>
[TestClass]
[SqlServerCondition]
public sealed class SqlServerDriverFaultTests : StoreContract
{
    private LyingProxy _proxy = null!;
    private LoggingDatabase _behindProxy = null!;

    private protected override TestStore NewStore() => new SqlServerStore();

    [TestInitialize]
    public async Task OpenBehindProxyAsync()
    {
        await Database.MigrateAsync(Cancellation);
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
    [DynamicData(nameof(EveryLie))]
    public async Task A_read_is_made_once_more_on_another_connection(ProxyLie lie)
    {
        Journal.Append(Lines.Audit(message: "1"));
        await ProjectAsync(new AuditProjection());
        Assert.AreEqual(1, await ReadAsync());

        _proxy.Lie(lie);

        Assert.AreEqual(1, await ReadAsync());
        Assert.AreEqual(1, _proxy.Lies);
        Assert.AreEqual(1, await ReadAsync(), "the failed connection is not used again");
    }

    [TestMethod]
    [DynamicData(nameof(EveryLie))]
    public async Task A_server_that_goes_on_so_is_unavailable_and_nothing_else(ProxyLie lie)
    {
        Assert.AreEqual(0, await ReadAsync());

        _proxy.Lie(lie, always: true);
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(ReadAsync);
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(ReadAsync, "when a connection is opened, too");

        _proxy.BeHonest();
        Assert.AreEqual(0, await ReadAsync());
    }

    [TestMethod]
    [DynamicData(nameof(EveryLie))]
    public async Task The_projector_starts_a_new_session_and_loses_and_repeats_nothing(ProxyLie lie)
    {
        await using var projector = Start(new AuditProjection(), database: _behindProxy);
        Journal.Append(Lines.Audit(message: "1"));
        await projector.CatchUpAsync(1, Cancellation);
        _proxy.Lie(lie);
        Journal.Append(Lines.Audit(message: "2"));
        await projector.CatchUpAsync(2, Cancellation);

        Assert.AreEqual(1, _proxy.Lies);
        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "2");
        Assert.IsNull(projector.LastError);
    }

    public static IEnumerable<ProxyLie> EveryLie => Enum.GetValues<ProxyLie>();

    private Task<int> ReadAsync() => _behindProxy.ReadAsync(
        async (connection, cancellation) => (await connection.ReadAsync(
            $"SELECT e.message FROM audit_events AS e", row => row.GetString(0), cancellation)).Count,
        Cancellation);
}
