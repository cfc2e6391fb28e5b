using Zotify.Logging.Dispatch;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class RecordBatchTests
{
    [TestMethod]
    public void A_record_that_a_handler_keeps_stays_what_it_was()
    {
        var batch = new RecordBatch(new RecordPool(isEnabled: false));
        batch.Add([Some.Record("first").Values]);
        var kept = batch[0];
        batch.Clear();
        batch.Add([Some.Record("second").Values]);
        Assert.AreEqual(("first", "second"), (kept.Message, batch[0].Message));
    }

    [TestMethod]
    public void Where_records_are_pooled_an_object_is_used_again_in_a_new_generation()
    {
        var batch = new RecordBatch(new RecordPool(isEnabled: true));
        batch.Add([Some.Record("first").Values]);
        var (first, generation) = (batch[0], batch[0].Generation);
        batch.Clear();
        Assert.AreEqual("", first.Message, "what a record held outlives it");
        batch.Add([Some.Record("second").Values]);
        Assert.AreSame(first, batch[0]);
        Assert.AreNotEqual(generation, first.Generation);
    }

    [TestMethod]
    public void It_holds_the_records_of_this_batch_alone()
    {
        var batch = new RecordBatch(new RecordPool(isEnabled: true));
        for (var i = 0; i < 100; i++) batch.Add([Some.Record($"record {i}", size: 10).Values]);
        batch.Clear();
        batch.Add([Some.Record("the last", size: 7).Values]);
        Assert.AreEqual((1, 7L), (batch.Count, batch.Size));
        Assert.AreEqual("the last", string.Join(',', batch.Select(record => record.Message)));
        Assert.ThrowsExactly<IndexOutOfRangeException>(() => batch[1]);
    }
}
