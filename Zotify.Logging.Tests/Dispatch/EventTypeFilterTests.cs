using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class EventTypeFilterTests
{
    [TestMethod]
    [DataRow("user.*", 0, "user.login", true)]
    [DataRow("user.*", 0, "users", false)]
    [DataRow("user.*", 0, "User.login", false)]
    [DataRow("*", 0, "anything", true)]
    [DataRow("user.login", 0, "user.login", true)]
    [DataRow("user.login", 0, "user.login_failed", false)]
    [DataRow("1001", 1001, null, true)]
    [DataRow("1001", 1002, null, false)]
    [DataRow("1000-1999", 1000, null, true)]
    [DataRow("1000-1999", 1999, "named", true)]
    [DataRow("1000-1999", 2000, null, false)]
    [DataRow("1000 - 1999", 1999, null, true)]
    [DataRow("-5--1", -3, null, true)]
    [DataRow("config-update", 0, "config-update", true)]
    public void An_entry_accepts_its_events(string entry, int id, string? name, bool taken) =>
        Assert.AreEqual(taken, new EventTypeFilter([entry]).Accepts(new EventId(id, name)));

    [TestMethod]
    public void Without_entries_every_event_is_taken() => Assert.IsTrue(new EventTypeFilter([]).Accepts(default));

    [TestMethod]
    public void One_matching_entry_is_enough() =>
        Assert.IsTrue(new EventTypeFilter(["config.*", "7", "user.*"]).Accepts(new EventId(0, "user.login")));

    [TestMethod]
    [DataRow("")]
    [DataRow("user.*.login")]
    [DataRow("20-10")]
    public void A_malformed_entry_throws_with_the_reason(string entry) =>
        Assert.ThrowsExactly<FormatException>(() => new EventTypeFilter([entry]));
}
