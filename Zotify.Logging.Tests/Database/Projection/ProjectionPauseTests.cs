using Zotify.Logging.Projection;

namespace Zotify.Logging.Tests.Database.Projection;

[TestClass]
public sealed class ProjectionPauseTests
{
    [TestMethod]
    [DataRow(20, false, 20)]
    [DataRow(2_000, false, 100)]
    [DataRow(20, true, 60)]
    [DataRow(2_000, true, 300)]
    public void A_pause_is_as_long_as_its_transaction_and_longer_while_callers_wait(int took, bool callersWaited, int expected) =>
        Assert.AreEqual(
            TimeSpan.FromMilliseconds(expected), ProjectionPause.After(TimeSpan.FromMilliseconds(took), callersWaited));
}
