using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection;

/// <summary>While there is a backlog, lines are parsed during the transaction of the lines before them.</summary>
[TestClass]
public sealed class ProjectionAheadTests : StoreContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    public async Task The_next_lines_are_parsed_once_while_those_before_them_are_written()
    {
        var (rows, parsed) = (Database.TransactionRows, new List<long>());
        Journal.Append(Enumerable.Range(1, rows + 1).Select(i => Lines.Job(message: $"{i}")));
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var projection = new ObservedProjection(
            lines =>
            {
                if (lines.Count == 0) return;
                lock (parsed) parsed.Add(lines[0].Seq);
                if (lines[0].Seq > rows) next.SetResult();
            },
            _ => next.Task.WaitAsync(Cancellation));
        await using (var projector = Start(projection)) await projector.CatchUpAsync(rows + 1, Cancellation);
        AssertSame(parsed, 1, rows + 1);
        Assert.AreEqual(rows + 1, (await JobAsync()).Entries);
    }
}
