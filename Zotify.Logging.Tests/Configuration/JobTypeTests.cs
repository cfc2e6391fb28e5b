using Microsoft.Extensions.Options;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>The times by job type: <c>SilentAfter</c> and <c>ExpectedEvery</c>.</summary>
[TestClass]
public sealed class JobTypeTests
{
    private const string Jobs = "Logging:Zotify:Handlers:Jobs:";

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("SilentAfter:sync*all", "00:01:00", "'sync*all': a * is allowed only at the end; use a type (import), or a pattern such as sync.*")]
    [DataRow("SilentAfter:sync", "00:00:00", "'00:00:00': use a time span between 00:00:01 and 36500.00:00:00, such as 00:05:00")]
    [DataRow("ExpectedEvery:sync", "-00:01:00", "'-00:01:00': use a time span between 00:00:01 and 36500.00:00:00, such as 00:05:00")]
    [DataRow("ExpectedEvery:sync", "30.00:00:00", "'30.00:00:00': the tables keep a job only for 30.00:00:00; use a shorter time, or a longer RetainedAge")]
    [DataRow("AbandonedAfter", "00:00:30", "'00:00:30': The field AbandonedAfter must be between 00:01:00 and 36500.00:00:00.")]
    public async Task A_wrong_one_stops_the_start_with_its_key_and_the_fix(string key, string value, string error)
    {
        await using var host = new TestHost((Jobs + key, value));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        Assert.AreEqual($"{Jobs}{key}: {error}", refused.Failures.Single());
    }

    [TestMethod]
    public async Task They_are_read_by_type_and_change_at_run_time()
    {
        await using var host = await new TestHost(
            (Jobs + "SilentAfter:library.sync", "00:05:00"), (Jobs + "SilentAfter:*", "01:00:00"), (Jobs + "ExpectedEvery:backup", "1.00:00:00"),
            (Jobs + "AbandonedAfter", "00:20:00")).StartAsync(TestContext.CancellationToken);
        var options = (DatabaseJobLogHandlerOptions)host.Options.Current.Handlers["Jobs"];
        Assert.AreEqual(
            "* 01:00:00, library.sync 00:05:00", string.Join(", ", options.SilentAfter.OrderBy(time => time.Key).Select(time => $"{time.Key} {time.Value}")));
        Assert.AreEqual((TimeSpan.FromDays(1), TimeSpan.FromMinutes(20)), (options.ExpectedEvery["backup"], options.AbandonedAfter));
        host.Change((Jobs + "SilentAfter:*", "02:00:00"));
        Assert.AreEqual(TimeSpan.FromHours(2), ((DatabaseJobLogHandlerOptions)host.Options.Current.Handlers["Jobs"]).SilentAfter["*"]);
    }
}
