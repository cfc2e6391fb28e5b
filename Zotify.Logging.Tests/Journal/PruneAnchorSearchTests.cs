using Zotify.Logging.Journal;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Journal.Verification;

namespace Zotify.Logging.Tests.Journal;

/// <summary>Retention finds its own events in the files, and mistakes no others for them.</summary>
[TestClass]
public sealed class PruneAnchorSearchTests
{
    [TestMethod]
    public void The_newest_event_counts()
    {
        using var folder = new ChainFolder(ChainFolder.Key);
        Assert.IsNull(Find(folder));
        folder.Append(Pruning(3, folder.ReadAll()[2]), Pruning(6, folder.ReadAll()[5]), "\"message\":\"m\"");
        Assert.AreEqual(6, Find(folder)?.ThroughSeq);
    }

    [TestMethod]
    public void With_keys_only_a_signed_one_counts()
    {
        using var folder = new ChainFolder();
        folder.Append(Pruning(6, folder.ReadAll()[5]));
        Assert.AreEqual(6, Find(folder)?.ThroughSeq);
        folder.Keys = [ChainFolder.Key];
        Assert.IsNull(Find(folder));
        folder.Append(Pruning(3, folder.ReadAll()[2]));
        Assert.AreEqual(3, Find(folder)?.ThroughSeq);
        folder.Keys = [ChainFolder.OtherKey];
        Assert.IsNull(Find(folder));
    }

    [TestMethod]
    public void One_that_does_not_follow_the_line_before_it_counts_for_nothing()
    {
        using var folder = new ChainFolder();
        folder.Append(Pruning(6, folder.ReadAll()[5]));
        var lines = File.ReadAllLines(folder.Journal.Active);
        lines[^1] = lines[^1].Replace("Information", "Warning", StringComparison.Ordinal);
        File.WriteAllLines(folder.Journal.Active, lines);
        Assert.IsNull(Find(folder));
    }

    [TestMethod]
    public void One_that_is_all_that_is_left_follows_from_the_hash_that_it_states()
    {
        using var folder = new ChainFolder();
        folder.Append("\"message\":\"m12\"");
        folder.Append(Pruning(12, folder.ReadAll()[11]));
        while (folder.Segments.Length > 1) File.Delete(folder.Segments[0]);
        Assert.HasCount(1, folder.ReadAll());
        Assert.AreEqual(12, Find(folder)?.ThroughSeq);
        var segment = Facts(folder)[0];
        Assert.IsTrue(PruneAnchorSearch.IsFollowedBy(Find(folder)!, segment, []));
        Assert.IsFalse(PruneAnchorSearch.IsFollowedBy(new PruneAnchor(12, new string('A', 43)), segment, []));
    }

    private static PruneAnchor? Find(ChainFolder folder) =>
        PruneAnchorSearch.FindNewest(Facts(folder), folder.Keys, CancellationToken.None);

    private static List<SegmentFacts> Facts(ChainFolder folder)
    {
        var segments = Segment.All(folder.Journal.Active);
        long LastSeq(int i) => i + 1 < segments.Count ? segments[i + 1].FirstSeq - 1 : long.MaxValue;
        return
        [
            .. segments.Select((segment, i) => SegmentFacts.Read(segment, LastSeq(i), isActive: segment.Path == folder.Journal.Active))
        ];
    }

    private static string Pruning(int through, string line)
    {
        var anchor = new PruneAnchor(through, line[(line.LastIndexOf(':') + 2)..^2]);
        return $"\"event_type\":\"audit.pruned\",\"details\":{{\"through_seq\":{through},\"through_hash\":\"{anchor.ThroughHash}\"}},\"level\":\"Information\","
            + $"\"category\":\"Zotify.Logging\",\"event_id\":9004,\"message\":\"{anchor.Message}\"";
    }
}
