using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database;

[TestClass]
public sealed class SqliteValuesTests
{
    [TestMethod]
    [DataRow(DateTimeKind.Utc)]
    [DataRow(DateTimeKind.Unspecified)]
    public void A_time_has_seven_digits_and_comes_back_in_UTC(DateTimeKind kind)
    {
        foreach (var ticks in (long[])[0, 1, 10_000_000, 638_995_359_701_234_567, DateTime.MaxValue.Ticks])
        {
            var text = SqliteValues.OfTime(new DateTime(ticks, kind));
            Assert.AreEqual(28, text.Length);
            Assert.EndsWith("Z", text);
            var time = SqliteValues.ToTime(text);
            Assert.AreEqual((ticks, DateTimeKind.Utc), (time.Ticks, time.Kind));
        }

        Assert.AreEqual("2026-11-23T15:06:10.1234567Z", SqliteValues.OfTime(new DateTime(2026, 11, 23, 15, 6, 10, kind).AddTicks(1_234_567)));
    }

    [TestMethod]
    [DataRow("2026-11-23T15:06:10.123456Z", DisplayName = "too few digits")]
    [DataRow("2026-11-23T15:06:10.1234567", DisplayName = "no zone")]
    [DataRow("2026-11-23T15:06:10.1234567+01:00", DisplayName = "another zone")]
    [DataRow("2026-11-23 15:06:10.1234567Z", DisplayName = "a space")]
    [DataRow("2026-11-23T25:06:10.1234567Z", DisplayName = "no time of the day")]
    [DataRow("")]
    public void Another_form_is_no_time(string text) => Assert.ThrowsExactly<FormatException>(() => SqliteValues.ToTime(text));
}
