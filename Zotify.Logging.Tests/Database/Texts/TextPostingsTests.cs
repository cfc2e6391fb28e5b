using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>Sets of blocks keep their blocks in a page, in whichever form is shortest.</summary>
[TestClass]
public sealed class TextPostingsTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(64)]
    [DataRow(65)]
    [DataRow(1_024)]
    public void Random_sets_of_every_density_are_read_as_they_were_written(int count)
    {
        var random = new Random(count);
        for (var i = 0; i < 400; i++)
        {
            var density = random.NextDouble() * random.NextDouble() * 1.5;
            var blocks = new TextBlocks(count);
            if (i % 7 == 0) blocks.Fill();
            for (var block = 0; block < count; block++)
            {
                if (random.NextDouble() < density) blocks.Add(block);
                else if (i % 7 == 0 && random.NextDouble() < 0.02) blocks.Remove(block);
            }

            var output = new List<byte> { 1, 2, 3 };
            TextPostings.Write(output, blocks);
            var end = output.Count;
            output.AddRange([9, 9]);

            var (read, at, skipped) = (new TextBlocks(count), 3, 3);
            TextPostings.Read(output.ToArray(), ref at, read);
            TextPostings.Skip(output.ToArray(), ref skipped);
            Assert.AreSequenceEqual(blocks.All().ToArray(), read.All().ToArray());
            Assert.AreEqual(end, at);
            Assert.AreEqual(end, skipped);
            Assert.IsLessThanOrEqualTo(((count + 7) / 8) + 2, end - 3, "never much longer than a bit for each block");
        }
    }

    [TestMethod]
    public void A_code_of_all_blocks_or_one_takes_a_few_bytes()
    {
        var (all, one) = (new TextBlocks(1_024), new TextBlocks(1_024));
        all.Fill();
        one.Add(1_000);
        Assert.AreEqual(1, LengthOf(all));
        Assert.AreEqual(3, LengthOf(one));

        static int LengthOf(TextBlocks blocks)
        {
            var output = new List<byte>();
            TextPostings.Write(output, blocks);
            return output.Count;
        }
    }

    [TestMethod]
    public void Numbers_of_variable_length_are_read_as_they_were_written()
    {
        long[] numbers = [0, 1, -1, 127, 128, -64, -65, 16_383, 16_384, int.MaxValue, long.MaxValue, long.MinValue];
        var output = new List<byte>();
        foreach (var number in numbers)
        {
            VarInt.Write(output, (ulong)number);
            VarInt.WriteSigned(output, number);
        }

        var at = 0;
        foreach (var number in numbers)
        {
            Assert.AreEqual((ulong)number, VarInt.Read(output.ToArray(), ref at));
            Assert.AreEqual(number, VarInt.ReadSigned(output.ToArray(), ref at));
        }

        Assert.AreEqual(output.Count, at);
    }
}
