using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class SegmentNamesTests
{
    [TestMethod]
    [DataRow("audit.log.json", 17L, "audit.log.00000000000000000017.json")]
    [DataRow("audit", 17L, "audit.00000000000000000017")]
    [DataRow("audit.log.json", long.MaxValue, "audit.log.09223372036854775807.json")]
    public void A_rolled_segment_is_named_after_its_first_number(string active, long seq, string name)
    {
        Assert.AreEqual(name, SegmentNames.Rolled(active, seq));
        Assert.IsTrue(SegmentNames.TryParse(active, name, out var parsed));
        Assert.AreEqual(seq, parsed);
    }

    [TestMethod]
    [DataRow("audit.log.json")]
    [DataRow("audit.log.17.json")]
    [DataRow("audit.log.0000000000000000001x.json")]
    [DataRow("audit.log.-0000000000000000017.json")]
    [DataRow("audit.log.99999999999999999999.json")]
    [DataRow("audit.log.00000000000000000017.json.torn")]
    [DataRow("audit_log.00000000000000000017.json")]
    [DataRow("job_logs.00000000000000000017.json")]
    public void Other_names_are_no_rolled_segments(string name) => Assert.IsFalse(SegmentNames.TryParse("audit.log.json", name, out _));
}
