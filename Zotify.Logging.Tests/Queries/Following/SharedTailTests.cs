using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Following;

/// <summary>One reader for all subscribers at the end of a log.</summary>
[TestClass]
public sealed class SharedTailTests
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryLog _log = new();
    private readonly SharedTail<int> _tail;

    public SharedTailTests() => _tail = new SharedTail<int>(_time);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task New_items_are_read_once_and_every_subscriber_gets_the_same_block()
    {
        _log.Append(3);
        using var first = Subscribe("0");
        using var second = Subscribe("1");
        using var third = Subscribe("3");
        Assert.AreEqual("1 2 3", await DrainAsync(first));
        Assert.AreEqual("2 3", await DrainAsync(second));
        Assert.AreEqual("", await DrainAsync(third));

        _log.Append(2);
        await ChangeAsync();
        var blocks =
            new[] { await first.ReadAsync(Cancellation), await second.ReadAsync(Cancellation), await third.ReadAsync(Cancellation) };
        Assert.IsTrue(blocks.All(block => block!.IsShared && ReferenceEquals(block, blocks[0])));
        Assert.AreEqual("4 5", Text(blocks[0]!));
        Assert.AreEqual(5 + 2, _log.Readers.Sum(reader => reader.Read), "once for each who was behind, once for all");
        Assert.IsTrue(_log.Readers[0].HasNoFilter, "the first to come to the end gave its reader");
    }

    [TestMethod]
    public async Task A_subscriber_gets_only_what_it_wants_and_its_cursor_is_after_all_that_was_read()
    {
        using var all = Subscribe("0");
        using var even = Subscribe("0", item => item.Number % 2 == 0);
        await DrainAsync(all);
        await DrainAsync(even);
        _log.Append(5);
        await ChangeAsync();
        Assert.AreEqual("2 4", await DrainAsync(even));
        Assert.AreEqual("5", even.Cursor);
    }

    [TestMethod]
    public async Task A_subscriber_that_comes_back_inside_a_block_gets_the_rest_of_it()
    {
        using var first = Subscribe("0");
        await DrainAsync(first);
        _log.Append(5);
        await ChangeAsync();
        _log.Fault = new IOException("only the shared blocks are there");
        var place = _tail.Join(_log.Open("3"), out var isTaken);
        Assert.IsFalse(isTaken);
        var rest = place!.Value;
        Assert.IsTrue(_tail.TryRead(ref rest, out var block));
        Assert.AreEqual("4 5", Text(block!));
        Assert.IsFalse(block!.IsShared, "others get more");
        Assert.IsTrue(_tail.TryRead(ref rest, out block));
        Assert.IsNull(block);
        Assert.IsNull(_tail.Join(_log.Open("7"), out _), "not read yet");
    }

    [TestMethod]
    [DataRow(1, 1030)]
    [DataRow(1000, 30)]
    public async Task A_slow_subscriber_reads_by_itself_and_comes_back_and_costs_the_others_nothing(int items, int blocks)
    {
        using var fast = Subscribe("0");
        using var slow = Subscribe("0");
        await DrainAsync(fast);
        await DrainAsync(slow);
        for (var i = 0; i < blocks; i++)
        {
            _log.Append(items);
            await ChangeAsync();
            Assert.IsTrue((await fast.ReadAsync(Cancellation))!.IsShared);
        }

        Assert.AreEqual(2, _log.Readers.Count);
        Assert.AreEqual(Range(1, items * blocks), await DrainAsync(slow));
        Assert.AreEqual(3, _log.Readers.Count);
        await _log.Readers[2].Disposed;

        _log.Append(1);
        await ChangeAsync();
        Assert.AreSame(await fast.ReadAsync(Cancellation), await slow.ReadAsync(Cancellation));
    }

    [TestMethod]
    public async Task Subscribers_that_are_equally_far_behind_read_once_for_all_of_them()
    {
        using var fast = Subscribe("0");
        LogSubscriber<int>[] slow = [Subscribe("0"), Subscribe("0"), Subscribe("0", item => item.Number % 1000 == 0)];
        await DrainAsync(fast);
        foreach (var subscriber in slow) await DrainAsync(subscriber);
        for (var i = 0; i < 30; i++)
        {
            _log.Append(1000);
            await ChangeAsync();
            await fast.ReadAsync(Cancellation);
        }

        var first = await slow[0].ReadAsync(Cancellation);
        Assert.AreSame(first, await slow[1].ReadAsync(Cancellation));
        Assert.IsTrue(first!.IsShared);
        Assert.AreEqual(5, _log.Readers.Count, "one more than there are subscribers");
        Assert.AreNotSame(first, await slow[2].ReadAsync(Cancellation), "it reads what it wants by itself");
        foreach (var subscriber in slow) await DrainAsync(subscriber);

        _log.Append(1);
        await ChangeAsync();
        Assert.AreEqual("30001|30001|30001", $"{await DrainAsync(fast)}|{await DrainAsync(slow[0])}|{await DrainAsync(slow[1])}");
        foreach (var subscriber in slow) subscriber.Dispose();
        Assert.IsTrue(_tail.CatchUp.TryFind("0", out _));
        fast.Dispose();
        Assert.IsFalse(_tail.CatchUp.TryFind("0", out _), "nobody is there whom it could serve");
    }

    [TestMethod]
    public async Task The_reader_runs_from_the_first_subscriber_to_the_last()
    {
        var first = Subscribe("0");
        var second = Subscribe("0");
        await DrainAsync(first);
        await DrainAsync(second);
        await _log.Readers[1].Disposed;
        first.Dispose();
        _log.Append(1);
        await ChangeAsync();
        Assert.AreEqual("1", await DrainAsync(second));
        Assert.IsFalse(_log.Readers[0].Disposed.IsCompleted);
        second.Dispose();
        await _log.Readers[0].Disposed.WaitAsync(Cancellation);

        _log.Append(1);
        using var third = Subscribe("1");
        Assert.AreEqual("2", await DrainAsync(third));
        _log.Append(1);
        await ChangeAsync();
        Assert.AreEqual("3", await DrainAsync(third));
    }

    [TestMethod]
    public async Task A_log_that_cannot_be_read_fails_each_subscriber_and_is_read_again_when_it_can()
    {
        using var first = Subscribe("0");
        using var second = Subscribe("0");
        await DrainAsync(first);
        await DrainAsync(second);
        _log.Fault = new IOException("no");
        await ChangeAsync();
        await Assert.ThrowsExactlyAsync<IOException>(async () => await first.ReadAsync(Cancellation));
        await _log.Readers[0].Disposed.WaitAsync(Cancellation);

        _log.Fault = null;
        _log.Append(2);
        Assert.AreEqual("1 2", await DrainAsync(second));
        _log.Append(1);
        await ChangeAsync();
        Assert.AreEqual("3", await DrainAsync(second));
    }

    [TestMethod]
    public async Task A_tail_that_never_comes_to_an_end_holds_up_nobody()
    {
        using var read = new SemaphoreSlim(0);
        using var gate = new ManualResetEventSlim();
        _log.HasNews = true;
        // An embedded database answers at once, on its caller's thread.
        _log.Reading = () =>
        {
            read.Release();
            gate.Wait(Cancellation);
        };
        using var first = Subscribe("0");
        using var second = Subscribe("0");
        Task changed;
        try
        {
            Assert.IsNull(
                await Task.Run(async () => await first.ReadAsync(Cancellation), Cancellation)
                    .WaitAsync(TimeSpan.FromMinutes(2), Cancellation));
            await read.WaitAsync(Cancellation);
            Assert.IsNull(
                await Task.Run(async () => await second.ReadAsync(Cancellation), Cancellation)
                    .WaitAsync(TimeSpan.FromMinutes(2), Cancellation));
            Assert.IsTrue(first.IsAtTail && second.IsAtTail);
            _log.Append(1);
        }
        finally
        {
            _log.HasNews = false;
            // Get it before the tail continues, because the item may be notified at once.
            changed = ChangeAsync();
            gate.Set();
        }

        await changed;
        Assert.AreEqual("1|1", $"{await DrainAsync(first)}|{await DrainAsync(second)}");
    }

    [TestMethod]
    public async Task A_read_that_somebody_else_cancelled_ends_the_tail_for_all()
    {
        using var first = Subscribe("0");
        using var second = Subscribe("0");
        await DrainAsync(first);
        await DrainAsync(second);
        _log.Fault = new OperationCanceledException("not by the tail");
        await ChangeAsync();
        _log.Fault = null;
        _log.Append(1);
        Assert.AreEqual("1|1", $"{await DrainAsync(first)}|{await DrainAsync(second)}");
    }

    private static string Range(int first, int count) => string.Join(' ', Enumerable.Range(first, count));

    private static string Text(LogBlock<int> block) => string.Join(' ', block.Items.Select(item => ((MemoryLogItem)item).Number));

    private LogSubscriber<int> Subscribe(string cursor, Func<MemoryLogItem, bool>? isWanted = null) =>
        new(_tail, _log.Open(cursor), _log.Open, isWanted is null ? null : item => isWanted((MemoryLogItem)item));

    private async Task<string> DrainAsync(LogSubscriber<int> subscriber)
    {
        var read = new List<string>();
        while (await subscriber.ReadAsync(Cancellation) is { } block) read.Add(Text(block));
        return string.Join(' ', read);
    }

    /// <summary>Advances the clock until the tail has new items.</summary>
    private Task ChangeAsync() => _tail.ChangeAsync(_time, Poll, Cancellation);
}
