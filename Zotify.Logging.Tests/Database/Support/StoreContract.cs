using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Database.Projection;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>What holds for every engine: the contracts derive from this, and an engine's test classes from them.</summary>
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

    private protected CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void RemoveStore() => _store?.Dispose();

    private protected abstract TestStore NewStore();

    private protected static void AssertSame<T>(IEnumerable<T> actual, params ReadOnlySpan<T> expected) =>
        CollectionAssert.AreEqual(expected.ToArray(), actual.ToArray());

    private protected Projector Start(IProjection projection, FakeJournal? journal = null, LoggingDatabase? database = null, string instance = "m1/app")
    {
        var projector = new Projector(
            journal ?? Journal, database ?? Database, projection, instance, Time, (message, exception) => Reports.Enqueue((message, exception)));
        projector.Start();
        return projector;
    }

    /// <summary>Starts a projector, waits until all of the journal is in the database, and stops it.</summary>
    private protected async Task ProjectAsync(IProjection projection, FakeJournal? journal = null, string instance = "m1/app")
    {
        await using var projector = Start(projection, journal, instance: instance);
        await projector.CatchUpAsync((journal ?? Journal).DurableSeq, Cancellation);
    }

    private protected Task<List<AuditEventRow>> AuditRowsAsync() =>
        Database.ReadAsync((context, cancellation) => context.AuditEvents.AsNoTracking().OrderBy(row => row.RowId).ToListAsync(cancellation), Cancellation);

    private protected Task<List<AuditCountRow>> AuditCountsAsync() =>
        Database.ReadAsync((context, cancellation) => context.AuditCounts.AsNoTracking().ToListAsync(cancellation), Cancellation);

    private protected Task<List<JobLogRow>> JobRowsAsync() =>
        Database.ReadAsync((context, cancellation) => context.JobLogs.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation), Cancellation);

    private protected Task<JobRow> JobAsync(string jobId = "sync-1") =>
        Database.ReadAsync((context, cancellation) => context.Jobs.AsNoTracking().SingleAsync(row => row.JobId == jobId, cancellation), Cancellation);

    private protected Task<List<JournalRow>> JournalRowsAsync() =>
        Database.ReadAsync((context, cancellation) => context.Journals.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation), Cancellation);
}
