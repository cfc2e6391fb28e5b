using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Handlers;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries;

[TestClass]
public sealed class HandlerReadYourWritesTests
{
    private static readonly EventId Login = new(1001, "user.login");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(FlushTo.Disk)]
    [DataRow(FlushTo.Database)]
    public async Task A_query_of_a_complete_log_goes_on_at_once(FlushTo target)
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        host.Logger().LogInformation(Login, "User {user_id}", "u1");
        await host.FlushAsync(FlushTo.Database, Cancellation);

        var wait = Of(host, target).CatchUpAsync(Cancellation);

        Assert.IsTrue(wait.IsCompletedSuccessfully);
        Assert.AreEqual(0, await wait);
    }

    [TestMethod]
    public async Task A_query_after_a_record_sees_it()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        var readYourWrites = Of(host, FlushTo.Database);
        for (var i = 1; i <= 20; i++)
        {
            host.Logger().LogInformation(Login, "User {user_id}", $"u{i}");
            Assert.AreEqual(0, await readYourWrites.CatchUpAsync(Cancellation));
            Assert.AreEqual(i, host.Scalar("SELECT COUNT(*) FROM audit_events WHERE event_type = 'user.login'"));
        }
    }

    // A clock that stands still, so that the wait ends only with the log.
    private static HandlerReadYourWrites<JsonAuditHandler> Of(TestHost host, FlushTo target) =>
        new(host.Service, target, new FakeTimeProvider());
}
