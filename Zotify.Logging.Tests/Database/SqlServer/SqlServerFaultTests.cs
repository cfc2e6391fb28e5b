using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>How the projector and readers handle the server's errors, without a server.</summary>
[TestClass]
public sealed class SqlServerFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeJournal _journal = new();
    private readonly ImpatientTime _time = new();
    private readonly List<Exception?> _reports = [];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(1205, 3, DisplayName = "a deadlock")]
    [DataRow(-2, 1, DisplayName = "a time out")]
    [DataRow(40197, 3, DisplayName = "a failover")]
    [DataRow(10054, 2, DisplayName = "a lost connection")]
    public async Task Transient_errors_are_retried_and_not_reported(int number, int failures)
    {
        using var database = Failing(() => SqlErrors.Exception(number), failures).Open();
        await ProjectAsync(database);

        Assert.IsEmpty(_reports);
        Assert.AreEqual(failures, _time.WaitCount);
    }

    [TestMethod]
    public async Task Lasting_errors_are_reported_and_retried()
    {
        using var database = Failing(() => SqlErrors.Exception(1205), 5).Open();
        await ProjectAsync(database);
        Assert.HasCount(2, _reports);

        using var other = Failing(() => SqlErrors.Exception(229), 1).Open();
        await ProjectAsync(other);
        Assert.HasCount(3, _reports, "a right that is missing is no matter of time");
    }

    [TestMethod]
    public async Task A_read_that_lost_is_made_once_more()
    {
        using var database = Failing(() => SqlErrors.Exception(1205), 1).Open();
        var read = await database.ReadAsync(
            (connection, cancellation) => JournalIds.ReadAsync(connection, [1], cancellation), Cancellation);
        Assert.ThrowsExactly<KeyNotFoundException>(() => read[1], "the server has no journals");

        using var down = Failing(() => SqlErrors.Exception(0, severity: 20), 2).Open();
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(
            () => down.ReadAsync((connection, cancellation) => JournalIds.ReadAsync(connection, [1], cancellation), Cancellation));
    }

    [TestMethod]
    public async Task A_read_that_took_too_long_is_not_made_once_more()
    {
        using var slow = Failing(() => SqlErrors.Exception(-2), 1).Open();
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(
            () => slow.ReadAsync((connection, cancellation) => JournalIds.ReadAsync(connection, [1], cancellation), Cancellation));
    }

    /// <summary>A server that fails commands that move a checkpoint, or that query journals by their numbers, some times.</summary>
    private RecordingServer Failing(Func<Exception> fault, int times) => new(text =>
        (text.StartsWith("UPDATE journals", StringComparison.Ordinal) || text.Contains("WHERE j.id IN", StringComparison.Ordinal))
            && times-- > 0
            ? throw fault()
            : text.Contains("WHERE j.journal =", StringComparison.Ordinal) ? RecordingServer.Row(_journal) : null);

    private async Task ProjectAsync(LoggingDatabase database)
    {
        var rejected = new RejectedJournal(_folder.PathOf(_journal.FileName), TimeProvider.System, (_, _) => { });
        await using var projector = new Projector(
            _journal, database, new NoProjection(), rejected, "m1/app", _time, (_, exception) => _reports.Add(exception));
        projector.Start();
        _journal.Append("1", "2");
        await projector.CatchUpAsync(_journal.DurableSeq, Cancellation);
    }
}
