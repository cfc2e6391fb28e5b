using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Live;

/// <summary>Nothing that a reader is told of is missed, whenever it is.</summary>
[TestClass]
public sealed class LiveReaderTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task What_it_is_told_of_while_it_looks_it_looks_for_before_it_waits()
    {
        using var reader = new Reader();
        reader.ReadAll();
        reader.Looking = reader.Tell;
        Assert.IsNull(await reader.ReadAsync(TestContext.CancellationToken));
        reader.Looking = () => { };
        Assert.IsTrue(reader.WaitAsync(TimeProvider.System, TestContext.CancellationToken).IsCompletedSuccessfully);
        Assert.IsNull(await reader.ReadAsync(TestContext.CancellationToken));
        Assert.AreEqual(2, reader.Looks);
        Assert.IsFalse(reader.WaitAsync(TimeProvider.System, TestContext.CancellationToken).IsCompleted, "there is nothing more");
    }

    [TestMethod]
    public void Who_leaves_is_told_no_more()
    {
        var reader = new Reader();
        reader.ReadAll();
        Assert.AreEqual(0, reader.Left);
        reader.Dispose();
        reader.Dispose();
        Assert.AreEqual(1, reader.Left);
    }

    private sealed class Reader() : LiveReader<AuditLogItem>("0", follows: true)
    {
        private TableSubscription? _signal;

        public Action Looking { get; set; } = () => { };

        public int Looks { get; private set; }

        public int Left { get; private set; }

        public void Tell() => _signal!.Set();

        protected override void Widen()
        {
        }

        protected override TableSubscription NewSignal() => _signal = new TableSubscription(_ => Left++);

        protected override Task<LogPoll<AuditLogItem>> PassAsync(CancellationToken cancellationToken)
        {
            Looks++;
            Looking();
            return Task.FromResult(new LogPoll<AuditLogItem>([], Position, More: false));
        }
    }
}
