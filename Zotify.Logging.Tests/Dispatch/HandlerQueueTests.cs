using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class HandlerQueueTests
{
    // Several buffers, and a part of one.
    private const int Many = 1_000;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(256)]
    [DataRow(300)]
    [DataRow(Many)]
    public void Records_come_out_in_the_order_in_which_they_went_in_however_many_are_taken_at_once(int most)
    {
        var queue = NewQueue();
        for (var i = 0; i < Many; i++) Assert.IsTrue(queue.TryAdd(Some.Record($"{i}").Values));
        Assert.AreEqual(Many, queue.Count);
        var taken = new List<string>();
        while (queue.Count > 0) taken.AddRange(Take(queue, most).Messages);
        Assert.AreEqual(string.Join(' ', Enumerable.Range(0, Many)), string.Join(' ', taken));
    }

    [TestMethod]
    public void Records_added_while_the_consumer_reads_come_after_those_before()
    {
        var queue = NewQueue();
        var (added, taken) = (0, new List<string>());
        // Buffers that are published full, in part, and empty, by turns.
        foreach (var step in new[] { 1, 0, 255, 256, 257, 3, 600, 0, 511 })
        {
            for (var i = 0; i < step; i++) queue.TryAdd(Some.Record($"{added++}").Values);
            taken.AddRange(Take(queue, 200).Messages);
        }

        while (queue.Count > 0) taken.AddRange(Take(queue, 200).Messages);
        Assert.AreEqual(string.Join(' ', Enumerable.Range(0, added)), string.Join(' ', taken));
    }

    [TestMethod]
    public void Requests_come_together_after_the_records_before_them_and_before_those_added_later()
    {
        var queue = NewQueue();
        var requests = Enumerable.Range(0, 3).Select(_ => new FlushRequest(FlushTo.Disk, default)).ToArray();
        queue.TryAdd(Some.Record("before").Values);
        queue.TryAdd(requests[0]);
        queue.TryAdd(requests[1]);
        queue.TryAdd(Some.Record("between").Values);
        queue.TryAdd(requests[2]);
        queue.TryAdd(Some.Record("after").Values);
        var steps = new[] { Take(queue, 1), Take(queue, Many), Take(queue, Many) };
        CollectionAssert.AreEqual(new[] { "before", "between", "after" }, steps.Select(step => string.Join(',', step.Messages)).ToArray());
        CollectionAssert.AreEqual(requests[..2], steps[0].Flushes);
        CollectionAssert.AreEqual(requests[2..], steps[1].Flushes);
        Assert.IsEmpty(steps[2].Flushes);
    }

    [TestMethod]
    public void A_full_queue_refuses_until_the_consumer_has_read_something()
    {
        var queue = NewQueue(capacity: 300);
        for (var i = 0; i < 300; i++) Assert.IsTrue(queue.TryAdd(Some.Record($"{i}").Values));
        Assert.IsFalse(queue.TryAdd(Some.Record("too much").Values));
        Assert.IsTrue(queue.IsFull);
        Take(queue, 1);
        Assert.IsTrue(queue.TryAdd(Some.Record("again").Values));
        Assert.IsFalse(queue.TryAdd(Some.Record("too much").Values));
    }

    [TestMethod]
    public void The_handlers_own_records_fit_into_a_queue_of_any_length_and_keep_their_order()
    {
        var queue = NewQueue(capacity: 10);
        for (var i = 0; i < 10; i++) queue.TryAdd(Some.Record($"{i}").Values);
        // Far more than the channel has room for.
        for (var i = 10; i < 2_000; i++) Assert.IsTrue(queue.TryAddUnbounded(Some.Record($"{i}")));
        Assert.IsFalse(queue.TryAdd(Some.Record("too much").Values));
        var taken = new List<string>();
        while (queue.Count > 0) taken.AddRange(Take(queue, Many).Messages);
        Assert.AreEqual(string.Join(' ', Enumerable.Range(0, 2_000)), string.Join(' ', taken));
    }

    [TestMethod]
    public void Bytes_count_until_the_records_are_done_with()
    {
        var queue = NewQueue(maxBytes: 100);
        Assert.IsTrue(queue.TryAdd(Some.Record("larger than all", size: 200).Values));
        Assert.IsFalse(queue.TryAdd(Some.Record("no place", size: 1).Values));
        var batch = new RecordBatch(new RecordPool(isEnabled: false));
        queue.Dequeue(batch, Many, []);
        Assert.AreEqual(200, queue.Bytes);
        Assert.IsFalse(queue.TryAdd(Some.Record("still none", size: 1).Values));
        queue.Release(batch);
        Assert.IsTrue(queue.TryAdd(Some.Record("place", size: 1).Values));
    }

    [TestMethod]
    public async Task A_consumer_that_sleeps_is_woken_by_a_record_by_a_request_and_by_the_end()
    {
        var queue = NewQueue();
        var waiting = queue.WaitAsync(Many, Cancellation).AsTask();
        queue.TryAdd(Some.Record("a record").Values);
        Assert.IsTrue(await waiting);
        Assert.AreEqual("a record", Take(queue, Many).Messages.Single());

        waiting = queue.WaitAsync(Many, Cancellation).AsTask();
        var request = new FlushRequest(FlushTo.Disk, default);
        queue.TryAdd(request);
        Assert.IsTrue(await waiting);
        Assert.AreSame(request, Take(queue, Many).Flushes.Single());

        waiting = queue.WaitAsync(Many, Cancellation).AsTask();
        queue.Close();
        Assert.IsFalse(await waiting);
    }

    [TestMethod]
    public async Task A_closed_queue_accepts_nothing_and_returns_what_it_has()
    {
        var queue = NewQueue();
        for (var i = 0; i < Many; i++) queue.TryAdd(Some.Record($"{i}").Values);
        queue.Close();
        Assert.IsFalse(queue.TryAdd(Some.Record("late").Values));
        Assert.IsFalse(queue.TryAddUnbounded(Some.Record("late")));
        Assert.IsFalse(queue.TryAdd(new FlushRequest(FlushTo.Disk, default)));
        var taken = 0;
        while (await queue.WaitAsync(Many, Cancellation)) taken += Take(queue, 300).Messages.Length;
        Assert.AreEqual(Many, taken);
    }

    [TestMethod]
    public void Abandoned_records_are_counted_once_with_the_batch_that_is_being_written()
    {
        var queue = NewQueue();
        for (var i = 0; i < Many; i++) queue.TryAdd(Some.Record($"{i}").Values);
        queue.TryAdd(new FlushRequest(FlushTo.Disk, default));
        Take(queue, 300);
        queue.Close();
        var flushes = new List<FlushRequest>();
        Assert.AreEqual(Many, queue.Abandon(flushes));
        Assert.HasCount(1, flushes);
        Assert.AreEqual((0, 0), (queue.Settle(), queue.Unsettled));
        Assert.AreEqual(0, Take(queue, Many).Messages.Length);
    }

    private static HandlerQueue NewQueue(int capacity = 65_536, long maxBytes = 32 * 1024 * 1024) =>
        new(capacity, maxBytes, new FakeTimeProvider());

    private static (string[] Messages, List<FlushRequest> Flushes) Take(HandlerQueue queue, int most)
    {
        var batch = new RecordBatch(new RecordPool(isEnabled: false));
        var due = new List<FlushRequest>();
        queue.Dequeue(batch, most, due);
        return ([.. batch.Select(record => record.Message)], due);
    }
}
