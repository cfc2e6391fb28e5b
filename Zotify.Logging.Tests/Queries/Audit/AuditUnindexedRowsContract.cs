using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>
/// A search reads a bounded number of rows for each answer, however many rows no run of the index has, and however their times overlap.
/// </summary>
public abstract class AuditUnindexedRowsContract : StoreContract
{
    private static readonly TextRunSize Size = new(BlockRows: 1, SmallOfLarge: 16);

    [TestMethod]
    public async Task An_address_that_no_row_has_is_looked_for_within_the_budget_where_the_index_cannot_help()
    {
        await AddAsync(Journal, 600, i => Lines.Audit(at: Lines.Noon.AddSeconds(i), sourceIp: $"10.0.0.{i % 3}", message: $"Event {i}"));
        // More rows than these are in no run.
        var limits = new ScanLimits(Unindexed: 10, Open: 100);
        var (found, answers) = await ReadAllAsync(new AuditQuery { SourceIps = ["192.0.2.1"] }, new ScanBudgets(100, limits));
        Assert.AreEqual("", found);
        Assert.AreEqual(7, answers, "each of them compared 100 rows");
        (found, answers) = await ReadAllAsync(new AuditQuery { Instances = ["m9/app"] }, new ScanBudgets(100, limits));
        Assert.AreEqual(("", 7), (found, answers));
        (found, _) = await ReadAllAsync(new AuditQuery { SourceIps = ["10.0.0.1"], EventTypes = ["user.*"] }, new ScanBudgets(100, limits));
        Assert.AreEqual(string.Join(' ', Enumerable.Range(0, 200).Select(i => 600 - (3 * i) - 1)), found);
    }

    [TestMethod]
    public async Task An_address_is_found_in_one_answer_among_the_rows_of_many_journals_that_no_run_has()
    {
        for (var journal = 0; journal < 5; journal++)
        {
            var own = journal;
            await AddAsync(
                new FakeJournal($"audit-{journal}.json"), 60,
                i => Lines.Audit(
                    at: Lines.Noon.AddHours(own).AddSeconds(i), sourceIp: own == 0 && i == 7 ? "192.0.2.1" : "10.0.0.1", message: "Event"));
        }

        // Far fewer than the rows that no run has: the engine leaves out their blocks.
        var (found, answers) = await ReadAllAsync(new AuditQuery { SourceIps = ["192.0.2.1"] }, new ScanBudgets(100, ScanLimits.Usual));
        Assert.AreEqual(("8", 1), (found, answers));
    }

    [TestMethod]
    public async Task Rows_far_in_the_past_in_each_block_do_not_make_each_query_read_all_blocks()
    {
        // Each block of two rows has a row of the same moment.
        await AddAsync(
            Journal, 1_280,
            i => Lines.Audit(at: i % 2 == 0 ? Lines.Noon : Lines.Noon.AddSeconds(i), userId: "u1", sourceIp: "10.0.0.1", message: "needle"),
            Size with { BlockRows = 2 });
        var query = new AuditQuery { Text = "needle", SourceIps = ["10.0.0.1"], Limit = 1_000 };
        var (found, answers) = await ReadAllAsync(query, new ScanBudgets(1_000, new ScanLimits(Unindexed: 1_000, Open: 64)));
        Assert.AreEqual(
            string.Join(' ', Enumerable.Range(0, 640).Select(i => 1_280 - (2 * i)).Concat(Enumerable.Range(0, 640).Select(i => 1_279 - (2 * i)))),
            found);
        Assert.IsLessThan(5, answers);
    }

    [TestMethod]
    public async Task An_id_that_only_the_index_has_is_found_however_many_rows_no_run_has()
    {
        // Of another time than its event, so that only the index of the texts finds it.
        var id = Guid.CreateVersion7(Lines.Noon.AddYears(-1));
        await AddAsync(Journal, 64, i => Lines.Audit(at: Lines.Noon.AddSeconds(i), message: "Event", id: i == 3 ? id : null));
        await AddManyAsync();
        var row = await Database.ReadAsync((connection, cancellation) => AuditEventFinder.FindAsync(connection, id, cancellation), Cancellation);
        Assert.AreEqual(4, row?.Seq);
    }

    [TestMethod]
    public async Task A_term_is_found_by_the_index_however_many_rows_no_run_has()
    {
        await AddAsync(
            Journal, 2_048, i => Lines.Audit(at: Lines.Noon.AddSeconds(i), message: i == 5 ? "needle" : $"Event {i}"));
        await AddManyAsync();
        var page = await Database.ReadAsync(
            (connection, cancellation) => AuditPager.ReadAsync(
                connection, new AuditQuery { Text = "needle" }, new ScanBudget(1_500), cancellation),
            Cancellation);
        Assert.AreEqual("6", string.Join(' ', page.Rows.Select(row => row.Seq)), "although that is the oldest of 2,048 rows");
    }

    /// <summary>Adds more rows than the limit that there was, older than all others, which no run has: as many journals have them.</summary>
    private async Task AddManyAsync()
    {
        const int Rows = 51_000;
        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await connection.ExecuteAsync(
            $"INSERT INTO journals (journal, instance, name, seq, hash, segment, \"offset\") VALUES ({id}, 'm2/app', 'audit.log.json', {Rows}, '', 1, 0)",
            Cancellation);
        var journal = (await JournalRowReader.FindAsync(connection, id, Cancellation))!.Id;
        foreach (var batch in Enumerable.Range(1, Rows).Chunk(8_000))
        {
            var rows = Array.ConvertAll(batch, seq => new AuditEventRow
            {
                JournalId = journal, Seq = seq, Id = Guid.CreateVersion7(Lines.Noon.AddDays(-1)), Timestamp = Lines.Noon.AddDays(-1),
                EventType = "user.login", Level = "Information", Category = "Many", Message = "other", Instance = "m2/app",
            });
            using var turn = await Database.EnterWriteAsync(Cancellation);
            await connection.CommitAsync(
                async () =>
                {
                    await Database.InsertAsync(connection, SqlTables.AuditEvents, rows, Cancellation);
                    return true;
                },
                Cancellation);
        }
    }

    private async Task AddAsync(FakeJournal journal, int count, Func<int, string> line, TextRunSize? size = null)
    {
        journal.Append(Enumerable.Range(0, count).Select(line));
        await ProjectAsync(new AuditProjection(size ?? (count % 64 == 0 ? Size : TextRunSize.Default), TimeProvider.System), journal);
    }

    /// <summary>The numbers of the events of all answers, and how many answers it took.</summary>
    private Task<(string Found, int Answers)> ReadAllAsync(AuditQuery query, ScanBudgets each) => Database.ReadAsync(
        async (connection, cancellation) =>
        {
            var (found, answers) = (new List<long>(), 0);
            for (string? cursor = null; cursor is not null || answers == 0; answers++)
            {
                var page = await AuditPager.ReadAsync(connection, query with { Cursor = cursor }, each.New(), cancellation);
                found.AddRange(page.Rows.Select(row => row.Seq));
                cursor = page.Next;
            }

            return (string.Join(' ', found), answers);
        },
        Cancellation);

    private sealed record ScanBudgets(int Rows, ScanLimits Limits)
    {
        public ScanBudget New() => new(Rows) { Limits = Limits };
    }
}
