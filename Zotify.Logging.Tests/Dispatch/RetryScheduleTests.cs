using Zotify.Logging.Common;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class RetryScheduleTests
{
    [TestMethod]
    [DataRow(1, 100)]
    [DataRow(2, 200)]
    [DataRow(5, 1_600)]
    [DataRow(8, 10_000)]
    [DataRow(1_000_000, 10_000)]
    public void Waits_double_up_to_ten_seconds(int attempt, int milliseconds) =>
        Assert.AreEqual(TimeSpan.FromMilliseconds(milliseconds), RetrySchedule.After(attempt));
}
