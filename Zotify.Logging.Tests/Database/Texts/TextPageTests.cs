using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>The pages of a run, and the codes in them.</summary>
[TestClass]
public sealed class TextPageTests
{
    [TestMethod]
    public void Every_code_is_found_in_the_page_that_the_run_names_and_no_other_is()
    {
        var random = new Random(1);
        var grams = Enumerable.Range(0, 6_000).Select(_ => (uint)random.NextInt64(uint.MaxValue)).Append(0u).Append(uint.MaxValue)
            .Distinct().Order().ToArray();
        var blocks = grams.ToDictionary(gram => gram, _ => Enumerable.Range(0, 100).Where(_ => random.Next(4) == 0).ToArray());
        var (pages, run) = Write(grams, blocks);

        Assert.IsGreaterThan(10, pages.Count);
        Assert.AreEqual(pages.Count, run.PageCount);
        Assert.IsTrue(pages.All(page => page.Length <= TextPage.MostBytes));
        var found = new TextBlocks(100);
        foreach (var gram in grams)
        {
            new TextPage(pages[run.PageOf(gram)]).Find(gram, found);
            Assert.AreSequenceEqual(blocks[gram], found.All().ToArray());
        }

        foreach (var absent in grams.Where(gram => gram < uint.MaxValue).Select(gram => gram + 1).Except(grams))
        {
            new TextPage(pages[run.PageOf(absent)]).Find(absent, found);
            Assert.AreEqual(0, found.Size);
        }
    }

    [TestMethod]
    public void A_code_before_the_first_page_is_in_none()
    {
        var (_, run) = Write([100, 200], new Dictionary<uint, int[]> { [100] = [1], [200] = [2] });
        Assert.AreEqual(-1, run.PageOf(99));
        Assert.AreEqual(0, run.PageOf(100));
        Assert.AreEqual(0, run.PageOf(300));
    }

    [TestMethod]
    public void A_page_of_a_run_that_was_replaced_is_recognised()
    {
        var (pages, run) = Write([100], new Dictionary<uint, int[]> { [100] = [1] });
        var page = new TextPage(pages[0]);
        Assert.IsTrue(page.Is(run.LastSeq, 100));
        Assert.IsFalse(page.Is(run.LastSeq + 1, 100));
        Assert.IsFalse(page.Is(run.LastSeq, 101));
        Assert.IsFalse(new TextPage([1, 2]).Is(run.LastSeq, 100));
    }

    [TestMethod]
    public void Times_of_blocks_are_read_as_they_were_written()
    {
        var random = new Random(2);
        var times = new TextBlockTimes(200);
        for (var i = 0; i < 300; i++)
        {
            var tick = random.NextInt64(DateTime.MaxValue.Ticks);
            times.Add(random.Next(150), tick, tick + random.Next(3));
        }

        var read = TextBlockTimes.Read(times.Write(lastSeq: 7), lastSeq: 7, 200)!;
        for (var block = 0; block < 200; block++) Assert.AreEqual(times[block], read[block]);
        Assert.AreEqual(times.All, read.All);
        Assert.IsNull(read[199]);
        Assert.IsNull(TextBlockTimes.Read(times.Write(lastSeq: 7), lastSeq: 8, 200));
    }

    [TestMethod]
    public void Different_characters_of_ASCII_have_different_codes_and_values_of_columns_have_their_own()
    {
        Assert.AreNotEqual(TextGrams.Of('a', 'b', 'c'), TextGrams.Of('a', 'c', 'b'));
        Assert.AreNotEqual(TextGrams.Of('a', 'b', 'é'), TextGrams.Of('a', 'b', 'è'));
        Assert.AreNotEqual(TextGrams.OfValue("e.user_id", "x"), TextGrams.OfValue("e.source_ip", "x"));
        Assert.AreNotEqual(TextGrams.OfValue("e.user_id", "x"), TextGrams.OfValue("e.user_id", "X"));
        // Stored, so the same in every version.
        Assert.AreEqual(0x0018_7163u, TextGrams.Of('a', 'b', 'c'));
    }

    [TestMethod]
    public void The_codes_of_a_phrase_are_those_that_do_not_overlap_first() => Assert.AreSequenceEqual(
        new[] { TextGrams.Of('a', 'b', 'c'), TextGrams.Of('d', 'e', 'f'), TextGrams.Of('b', 'c', 'd'), TextGrams.Of('c', 'd', 'e') },
        TextGrams.Of("abcdef").ToArray());

    private static (IReadOnlyList<byte[]> Pages, TextRun Run) Write(uint[] grams, Dictionary<uint, int[]> blocksOf)
    {
        var writer = new TextPagesWriter(lastSeq: 6_400);
        var blocks = new TextBlocks(100);
        foreach (var gram in grams)
        {
            blocks.Clear();
            foreach (var block in blocksOf[gram]) blocks.Add(block);
            writer.Add(gram, blocks);
        }

        var (pages, firsts) = writer.End();
        return (pages, new TextRun(1, 1, 6_400, 64, default, default, firsts));
    }
}
