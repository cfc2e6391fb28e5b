using Zotify.Logging.Shipping;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>How long the sending waits after a failure.</summary>
[TestClass]
public sealed class ShippingScheduleTests
{
    [TestMethod]
    [DataRow(1, 0.0, 50)]
    [DataRow(1, 1.0, 100)]
    [DataRow(3, 0.5, 300)]
    [DataRow(40, 1.0, 10_000)]
    public void It_doubles_and_varies_by_half(int attempt, double chance, int milliseconds) => Assert.AreEqual(
        TimeSpan.FromMilliseconds(milliseconds), ShippingSchedule.After(new IOException(), attempt, chance));

    [TestMethod]
    [DataRow(5, 0.0, 5.0)]
    [DataRow(5, 1.0, 5.5)]
    [DataRow(86_400, 0.0, 600.0)]
    public void What_the_collector_asks_for_is_heeded_up_to_ten_minutes(int asked, double chance, double seconds) => Assert.AreEqual(
        TimeSpan.FromSeconds(seconds),
        ShippingSchedule.After(new TargetException("", TargetFault.Temporary, TimeSpan.FromSeconds(asked)), 1, chance));

    [TestMethod]
    public void A_failure_that_needs_somebody_is_retried_once_a_minute() => Assert.AreEqual(
        TimeSpan.FromMinutes(1), ShippingSchedule.After(new TargetException("", TargetFault.Permanent), 1, 1));
}
