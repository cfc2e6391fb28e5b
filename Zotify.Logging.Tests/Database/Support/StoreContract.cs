using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Rules for every engine: the contracts derive from this class, and an engine's test classes from the contracts.</summary>
public abstract class StoreContract
{
    private TestStore? _store;
    private LoggingDatabase? _database;

    public TestContext TestContext { get; set; } = null!;

    private protected TestStore Store => _store ??= NewStore();

    private protected LoggingDatabase Database => _database ??= Store.Open();

    private protected FakeJournal Journal { get; } = new();

    private protected ImpatientTime Time { get; } = new();

    private protected ConcurrentQueue<(string Message, Exception? Exception)> Reports { get; } = new();

    /// <summary>The folder where the journals would be if they were files. The files of rejected lines are there.</summary>
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("zotify-projection-").FullName;

    private protected CancellationToken Cancellation => TestContext.CancellationToken;

    /// <summary>Skips a test that cannot pass on the stand-in for SQL Server.</summary>
    [TestInitialize]
    public void SkipOnStandIn()
    {
        var limit = GetType().GetMethod(TestContext.TestName!)?.GetCustomAttribute<StandInLimitAttribute>();
        if (limit is not null) SkipOnStandIn(limit.Reason);
    }

    [TestCleanup]
    public void RemoveStore()
    {
        _store?.Dispose();
        new DirectoryInfo(Folder).DeleteAll();
    }

    private protected abstract TestStore NewStore();

    /// <summary>Skips the running test on the stand-in for SQL Server: see <see cref="StandInLimitAttribute"/>.</summary>
    private protected void SkipOnStandIn(string reason)
    {
        if (Store is SqlServerStore) StandIn.Skip(reason);
    }

    private protected static void AssertSame<T>(IEnumerable<T> actual, params ReadOnlySpan<T> expected) =>
        CollectionAssert.AreEqual(expected.ToArray(), actual.ToArray());

    private protected Projector Start(
        IProjection projection, FakeJournal? journal = null, LoggingDatabase? database = null, string instance = "m1/app")
    {
        var projector = new Projector(
            journal ?? Journal, database ?? Database, projection, NewRejected(journal), instance, Time, Report);
        projector.Start();
        return projector;
    }

    private protected RejectedJournal NewRejected(FakeJournal? journal = null) =>
        new(Path.Combine(Folder, (journal ?? Journal).FileName), TimeProvider.System, Report);

    private protected void Report(string message, Exception? exception) => Reports.Enqueue((message, exception));

    /// <summary>The entries of the lines that were set aside.</summary>
    private protected JsonElement[] SetAside(FakeJournal? journal = null)
    {
        var path = Path.Combine(Folder, (journal ?? Journal).FileName + ".rejected");
        return File.Exists(path) ? [.. File.ReadLines(path).Select(line => JsonElement.Parse(line))] : [];
    }

    private protected long[] SetAsideSeqs(FakeJournal? journal = null) =>
        [.. SetAside(journal).Select(entry => entry.GetProperty("seq").GetInt64())];

    /// <summary>Starts a projector, waits until all of the journal is in the database, and stops it.</summary>
    private protected async Task ProjectAsync(IProjection projection, FakeJournal? journal = null, string instance = "m1/app")
    {
        await using var projector = Start(projection, journal, instance: instance);
        await projector.CatchUpAsync((journal ?? Journal).DurableSeq, Cancellation);
    }

    private protected Task<List<AuditEventRow>> AuditRowsAsync() =>
        Database.ReadTablesAsync(
            (context, cancellation) => context.AuditEvents.AsNoTracking().OrderBy(row => row.RowId).ToListAsync(cancellation),
            Cancellation);

    private protected Task<List<AuditCountRow>> AuditCountsAsync() =>
        Database.ReadTablesAsync((context, cancellation) => context.AuditCounts.AsNoTracking().ToListAsync(cancellation), Cancellation);

    private protected Task<List<JobLogRow>> JobRowsAsync() =>
        Database.ReadTablesAsync(
            (context, cancellation) => context.JobLogs.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation), Cancellation);

    private protected Task<JobRow> JobAsync(string jobId = "sync-1") =>
        Database.ReadTablesAsync(
            (context, cancellation) => context.Jobs.AsNoTracking().SingleAsync(row => row.JobId == jobId, cancellation), Cancellation);

    private protected Task<List<JournalRow>> JournalRowsAsync() =>
        Database.ReadTablesAsync(
            (context, cancellation) => context.Journals.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation), Cancellation);
}
