using System.Text;
using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.Verification.ChainFolder;

namespace Zotify.Logging.Tests.Journal.Verification;

/// <summary>The lines that retention keeps are verified by the event that announced the deleted ones.</summary>
[TestClass]
public sealed class PruneAnchorTests
{
    [TestMethod]
    [DataRow("\"through_hash\":\"\\ud800\"")]
    [DataRow("\"through_\\ud800\":1,\"through_hash\":\"x\"")]
    public void An_event_that_is_not_Unicode_is_no_pruning(string member)
    {
        using var folder = new ChainFolder();
        folder.Append($"\"event_type\":\"audit.pruned\",\"details\":{{\"through_seq\":6,{member}}}");
        File.Delete(folder.Segments[0]);
        File.Delete(folder.Segments[0]);
        Assert.AreEqual(1, folder.Verify().FirstBad);
    }

    [TestMethod]
    public void Retention_leaves_a_journal_that_is_proven_from_its_first_line_on()
    {
        using var folder = Pruned(through: 6);
        Assert.AreEqual(new Verdict(null, null, 7, 7, 13, IsAnchored: true, 7, 0, 0), folder.Verify());
        Assert.IsTrue(folder.Verify(isWhole: false).IsAnchored);
        // The next event counts, and the first one may be gone with the lines that it announced.
        folder.Append(Pruning(9, folder.Read(0)[2]), "\"message\":\"m\"");
        File.Delete(folder.Segments[0]);
        Assert.AreEqual(new Verdict(null, null, 6, 10, 15, IsAnchored: true, 10, 0, 0), folder.Verify());
        File.Delete(folder.Segments[0]);
        Assert.AreEqual((10, 13), (folder.Verify().FirstBad, folder.Verify().First), "10 to 12 were not announced");
        Assert.AreEqual((null, false), (folder.Verify(isWhole: false).FirstBad, folder.Verify(isWhole: false).IsAnchored));
    }

    [TestMethod]
    public void A_pruning_that_was_interrupted_is_proven_by_what_it_has_left()
    {
        using var folder = Pruned(through: 3, announced: 6);
        Assert.AreEqual((null, true, 4), (folder.Verify().FirstBad, folder.Verify().IsAnchored, folder.Verify().First));
    }

    [TestMethod]
    public void Any_changed_byte_of_the_first_line_after_a_pruning_is_found()
    {
        using var folder = Pruned(through: 6);
        var lines = folder.Read(0);
        for (var at = 0; at < lines[0].Length; at++)
        {
            var changed = new StringBuilder(lines[0]) { [at] = lines[0][at] == 'x' ? 'y' : 'x' }.ToString();
            folder.Write(0, [changed, .. lines[1..]]);
            foreach (var isWhole in (bool[])[true, false])
            {
                // If the hash differs, the next line does not follow from it.
                var isHash = at > lines[0].LastIndexOf(':') + 1
                    && at < lines[0].Length - 2
                    && HashChain.Parse(changed[^45..^2]) is not null;
                Assert.AreEqual(isHash ? 8 : 7, folder.Verify(isWhole).FirstBad, changed);
            }
        }
    }

    [TestMethod]
    [DataRow("\"details\":{\"through_seq\":6}")]
    [DataRow("\"details\":{\"through_seq\":\"6\",\"through_hash\":\"x\"}")]
    [DataRow("\"details\":[6]")]
    [DataRow("\"level\":\"Information\"")]
    public void A_pruning_that_states_no_line_and_hash_anchors_nothing(string members)
    {
        using var folder = new ChainFolder(Key);
        folder.Append(
            $"\"event_type\":\"audit.pruned\",{members},\"category\":\"Zotify.Logging\",\"event_id\":9004,\"message\":\"The lines through "
                + "6 are beyond retention and deleted\"");
        File.Delete(folder.Segments[0]);
        File.Delete(folder.Segments[0]);
        Assert.AreEqual(1, folder.Verify().FirstBad);
    }

    [TestMethod]
    [DataRow("\"Zotify.Logging\"", "\"Zotify.Loggin\"")]
    [DataRow("\"Zotify.Logging\"", "\"app.Zotify.Logging\"")]
    [DataRow("audit.pruned", "Audit.Pruned")]
    [DataRow(",\"category\":\"Zotify.Logging\"", "")]
    [DataRow("9004", "1")]
    [DataRow(",\"event_id\":9004", "")]
    [DataRow("The lines", "Lines")]
    [DataRow("\"category\"", "\"scope\":{},\"category\"")]
    [DataRow("\"category\"", "\"user_id\":\"u1\",\"category\"")]
    [DataRow("\"category\"", "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"category\"")]
    [DataRow("\"details\":{", "\"details\":{\"a\":1,")]
    [DataRow("through_seq\":6", "through_seq\":4611686018427387904")]
    public void A_line_that_only_resembles_a_pruning_anchors_nothing(string genuine, string forged)
    {
        using var folder = new ChainFolder(Key);
        var pruning = Pruning(6, folder.ReadAll()[5]);
        var changed = pruning.Replace(genuine, forged, StringComparison.Ordinal);
        Assert.AreNotEqual(pruning, changed);
        folder.Append(changed);
        File.Delete(folder.Segments[0]);
        File.Delete(folder.Segments[0]);
        Assert.AreEqual((1, false), (folder.Verify().FirstBad, folder.Verify().IsAnchored));
        folder.Append(pruning);
        Assert.AreEqual((null, true), (folder.Verify().FirstBad, folder.Verify().IsAnchored), "next to a genuine one it has no effect");
    }

    [TestMethod]
    public void With_keys_a_pruning_counts_once_a_signature_covers_it()
    {
        using var folder = new ChainFolder();
        folder.Append(Pruning(6, folder.ReadAll()[5]));
        File.Delete(folder.Segments[0]);
        File.Delete(folder.Segments[0]);
        Assert.AreEqual((null, true), (folder.Verify().FirstBad, folder.Verify().IsAnchored));
        folder.Keys = [Key];
        Assert.AreEqual((6, false), (folder.Verify().FirstBad, folder.Verify().IsAnchored), "an attacker who writes files can write this too");
        folder.Append("\"message\":\"signed\"");
        Assert.AreEqual((null, true), (folder.Verify().FirstBad, folder.Verify().IsAnchored));
    }

    /// <summary>A journal whose segments up to a line are deleted; line 12 announces it, and one more line follows.</summary>
    private static ChainFolder Pruned(int through, int? announced = null)
    {
        var folder = new ChainFolder(Key);
        var all = folder.ReadAll();
        folder.Append(Pruning(announced ?? through, all[(announced ?? through) - 1]), "\"message\":\"m13\"");
        for (var segment = 0; segment < through / LinesOfASegment; segment++) File.Delete(folder.Segments[0]);
        return folder;
    }

    private static string Pruning(int through, string line) =>
        $"\"event_type\":\"audit.pruned\",\"details\":{{\"through_seq\":{through},\"through_hash\":\"{line[(line.LastIndexOf(':') + 2)..^2]}\"}},"
        + $"\"category\":\"Zotify.Logging\",\"event_id\":9004,\"message\":\"The lines through {through} are beyond retention and deleted\"";
}
