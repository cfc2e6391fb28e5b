using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class HashChainTests
{
    private static readonly HashKey Old = new("2025", Encoding.ASCII.GetBytes("old secret"));
    private static readonly HashKey New = new("2026 \"ü\"", Encoding.ASCII.GetBytes("new secret"));

    [TestMethod]
    public void Each_line_is_hashed_with_the_line_before()
    {
        using var folder = Chained();
        folder.Write([.. Numbered(1, 5), "ümlaut \\ \"quote\""]);
        AssertChain(folder, 6);
    }

    [TestMethod]
    public void A_batch_is_chained_like_single_lines()
    {
        using var folder = Chained();
        using (var journal = folder.Open()) journal.Append(Numbered(1, 7), new TextFormat());
        AssertChain(folder, 7);
    }

    [TestMethod]
    public void The_chain_goes_on_through_rotation_and_restart()
    {
        using var folder = Chained();
        folder.MaxFileSize = 150;
        folder.Write(Numbered(1, 5));
        folder.Write(Numbered(6, 4));
        Assert.IsGreaterThan(2, folder.Segments.Length);
        AssertChain(folder, 9);
    }

    [TestMethod]
    public void The_chain_goes_on_after_a_roll_without_a_line_and_after_a_torn_line()
    {
        using var folder = Chained();
        folder.Write("m1", "m2");
        File.Move(folder.Active, folder.PathOf(SegmentNames.Rolled(Name, 1)));
        folder.Write("m3");
        File.AppendAllText(folder.Active, "{\"message\":\"to");
        folder.Write("m4");
        AssertChain(folder, 4);
    }

    [TestMethod]
    public void Keys_sign_from_the_moment_they_are_set_and_the_last_one_counts()
    {
        using var folder = Chained();
        using (var journal = folder.Open())
        {
            Append(journal, "plain", "plain");
            folder.Keys = [Old];
            Append(journal, "old", "old");
            folder.Keys = [Old, New];
            Append(journal, "new");
        }

        folder.Write("new");
        folder.Keys = [];
        folder.Write("plain");
        AssertChain(folder, 7, Old, New);
        AreEqual(["", "", Old.Id, Old.Id, New.Id, New.Id, ""], Lines(folder).Select(line =>
            JsonDocument.Parse(line).RootElement.TryGetProperty("key_id", out var id) ? id.GetString()! : ""));
    }

    [TestMethod]
    public void A_journal_that_is_not_chained_has_no_hashes()
    {
        using var folder = new JournalFolder { Keys = [Old] };
        folder.Write("m1");
        Assert.AreEqual(Line("m1", 1) + "\n", File.ReadAllText(folder.Active));
    }

    private static JournalFolder Chained()
    {
        var folder = new JournalFolder();
        folder.Options = folder.Options with { Chained = true };
        return folder;
    }

    private static IEnumerable<byte[]> Lines(JournalFolder folder) =>
        folder.Segments.SelectMany(path => File.ReadAllLines(path)).Select(Encoding.UTF8.GetBytes);

    /// <summary>Computes the chain again, only from the files' bytes.</summary>
    private static void AssertChain(JournalFolder folder, int count, params HashKey[] keys)
    {
        var previous = new byte[32];
        var seq = 0;
        foreach (var line in Lines(folder))
        {
            var root = JsonDocument.Parse(line).RootElement;
            Assert.AreEqual(++seq, root.GetProperty("seq").GetInt64());
            Assert.AreEqual("hash", root.EnumerateObject().Last().Name);
            byte[] hashed = [.. previous, .. line[..line.AsSpan().LastIndexOf(",\"hash\""u8)]];
            previous = root.TryGetProperty("key_id", out var id)
                ? HMACSHA256.HashData(keys.Single(key => key.Id == id.GetString()).Key.Span, hashed)
                : SHA256.HashData(hashed);
            Assert.AreEqual(Base64Url.EncodeToString(previous), root.GetProperty("hash").GetString(), $"line {seq}");
        }

        Assert.AreEqual(count, seq);
    }
}
