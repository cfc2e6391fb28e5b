using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Following;

/// <summary>What is kept for subscribers that are behind the shared end.</summary>
[TestClass]
public sealed class CatchUpBlocksTests
{
    [TestMethod]
    public void Blocks_that_subscribers_behind_have_read_are_kept_for_a_moment()
    {
        var blocks = new CatchUpBlocks<int>(new KeptBlocks(Count: 16, Size: 4000));
        foreach (var start in Enumerable.Range(0, 5)) blocks.Add(Block(start, size: 10));
        Assert.AreEqual("1 2 3 4", Kept(), "a quarter as many as of the tail");
        blocks.Add(Block(5, size: 985));
        Assert.AreEqual("4 5", Kept(), "and a quarter as much");
        blocks.Add(Block(6, size: 2000));
        Assert.AreEqual("6", Kept(), "but the last one");

        string Kept() => string.Join(' ', Enumerable.Range(0, 7).Where(start => blocks.TryFind($"{start}", out _)));
        static LogBlock<int> Block(int start, int size) => new($"{start}", $"{start + 1}", [new MemoryLogItem(start + 1)], size);
    }
}
