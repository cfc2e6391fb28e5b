using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>Statements that are sent with the next ones run in order, and all of them or none.</summary>
public abstract class LaterStatementsContract : StoreContract
{
    private LoggingConnection _connection = null!;

    [TestInitialize]
    public async Task OpenAsync() => _connection = await Database.OpenForWritingAsync(Cancellation);

    [TestCleanup]
    public async Task CloseAsync() => await _connection.DisposeAsync();

    [TestMethod]
    public async Task They_run_in_order_before_the_next_query_and_before_the_commit()
    {
        await CommitAsync(async () =>
        {
            await AddAsync("one", 1);
            await _connection.ExecuteLaterAsync($"UPDATE journals SET seq = seq * {3} WHERE name = {"one"}", Cancellation);
            Assert.AreEqual(3, await SeqAsync("one"));
            await AddAsync("two", 2);
            await _connection.ExecuteLaterAsync($"UPDATE journals SET seq = seq + {3} WHERE name = {"one"}", Cancellation);
            await _connection.ExecuteLaterAsync($"UPDATE journals SET seq = seq * {3} WHERE name = {"one"}", Cancellation);
        });

        Assert.AreEqual((18, 2), (await SeqAsync("one"), await SeqAsync("two")));
    }

    [TestMethod]
    public async Task One_that_does_not_change_the_rows_that_it_must_undoes_all()
    {
        await CommitAsync(() => AddAsync("one", 1));

        await Assert.ThrowsExactlyAsync<RowChangedException>(() => CommitAsync(async () =>
        {
            await AddAsync("two", 2);
            await _connection.ExecuteLaterAsync(Doubled("one") with { Expected = 1 }, Cancellation);
            await _connection.ExecuteLaterAsync(Doubled("nobody") with { Expected = 1 }, Cancellation);
            await AddAsync("three", 3);
        }));

        Assert.AreEqual("one", string.Join(' ', (await JournalRowsAsync()).Select(row => row.Name)));
        Assert.AreEqual(1, await SeqAsync("one"));
        await CommitAsync(() => _connection.ExecuteLaterAsync(Doubled("one") with { Expected = 1 }, Cancellation));
        Assert.AreEqual(2, await SeqAsync("one"), "the connection goes on");
    }

    [TestMethod]
    public async Task One_that_fails_undoes_all_and_none_after_it_runs()
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await CommitAsync(() => AddAsync("one", 1, id));

        var failed = await Assert.ThrowsAsync<DbException>(() => CommitAsync(async () =>
        {
            await AddAsync("two", 2);
            await AddAsync("double", 3, id);
            await AddAsync("three", 3);
        }));

        Assert.IsTrue(Database.IsDuplicate(failed));
        await CommitAsync(() => AddAsync("four", 4));
        Assert.AreEqual("one four", string.Join(' ', (await JournalRowsAsync()).Select(row => row.Name)));
    }

    [TestMethod]
    public async Task More_than_one_command_can_hold_run_in_order_too()
    {
        const int count = 400;
        await CommitAsync(async () =>
        {
            // Each has seven parameters, and one more for the number of rows.
            for (var i = 1; i <= count; i++) await AddAsync($"{i}", i);
            for (var i = 1; i <= count; i++) await _connection.ExecuteLaterAsync(Doubled($"{i}") with { Expected = 1 }, Cancellation);
        });

        AssertSame((await JournalRowsAsync()).Select(row => row.Seq), [.. Enumerable.Range(1, count).Select(i => i * 2L)]);
        await Assert.ThrowsExactlyAsync<RowChangedException>(() => CommitAsync(async () =>
        {
            for (var i = 1; i <= count; i++) await AddAsync($"more {i}", i);
            await _connection.ExecuteLaterAsync(Doubled("nobody") with { Expected = 1 }, Cancellation);
        }));
        Assert.HasCount(count, await JournalRowsAsync(), "those that were sent before are undone, too");
    }

    private Task AddAsync(string name, long seq, Guid? id = null) => _connection.ExecuteLaterAsync(
        $"""
        INSERT INTO journals (journal, instance, name, seq, hash, segment, "offset")
        VALUES ({id ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}, {"m1/app"}, {name}, {seq}, {"h"}, {1L}, {1L})
        """,
        Cancellation);

    private SqlQuery Doubled(string name) => new(Database.Dialect, $"UPDATE journals SET seq = seq * {2} WHERE name = {name}");

    private async Task<long> SeqAsync(string name) => (await _connection.ReadAsync(
        $"SELECT j.seq FROM journals AS j WHERE j.name = {name}", row => row.GetInt64(0), Cancellation)).Single();

    private async Task CommitAsync(Func<Task> write)
    {
        using var turn = await Database.EnterWriteAsync(Cancellation);
        await _connection.CommitAsync(
            async () =>
            {
                await write();
                return true;
            },
            Cancellation);
    }
}
