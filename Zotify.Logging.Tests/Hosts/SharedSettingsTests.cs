using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Hosts;

/// <summary>Whose settings hold where several hosts of one process use one log directory.</summary>
[TestClass]
public sealed class SharedSettingsTests
{
    private const string Handlers = "Logging:Zotify:Handlers:";

    private static readonly EventId Login = new(1001, "user.login");

    private readonly SharedFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public async Task Each_has_its_own_levels_event_types_and_handlers()
    {
        var own = new CollectingHandler();
        await using var first = await _folder.Host(
            (Handlers + "System:MinimumLevel", "Warning"), (Handlers + "Audit:EventTypes:0", "order.*")).StartAsync(Cancellation);
        await using var second = await _folder.Host(logging =>
        {
            logging.Services.AddSingleton(own);
            logging.AddHandler<ForwardingHandler>("Own");
        }).StartAsync(Cancellation);
        first.Logger().LogInformation(Login, "quiet and not audited");
        second.Logger().LogInformation(Login, "loud and audited");
        await second.FlushAsync(FlushTo.Disk, Cancellation);

        Assert.AreEqual(1, _folder.AuditLines.Count(line => line.Contains("loud and audited", StringComparison.Ordinal)));
        Assert.IsFalse(_folder.AuditLines.Any(line => line.Contains("quiet", StringComparison.Ordinal)));
        Assert.IsFalse(_folder.SystemLines.Any(line => line.Contains("quiet", StringComparison.Ordinal)));
        Assert.IsTrue(_folder.SystemLines.Any(line => line.Contains("loud", StringComparison.Ordinal)));
        Assert.IsTrue(own.Messages.Contains("loud and audited"));
        Assert.IsFalse(own.Messages.Contains("quiet and not audited"));
    }

    [TestMethod]
    public async Task What_a_later_one_wants_and_does_not_get_is_said_by_key()
    {
        await using var first = await _folder.Host(("Logging:Zotify:Instance", "the first")).StartAsync(Cancellation);
        await using var second = await _folder.Host(
            ("Logging:Zotify:Instance", "the second"),
            (Handlers + "System:Path", "other.log"),
            (Handlers + "System:MinimumLevel", "Debug"),
            (Handlers + "Audit:HashKeys:0:Id", "k1"),
            (Handlers + "Audit:HashKeys:0:Key", "s3cret")).StartAsync(Cancellation);
        var said = second.Stderr.ToString();
        foreach (var part in (string[])["Logging:Zotify:Instance", "'the first'", _folder.Directory])
            Assert.Contains(part, said);
        await second.DisposeAsync();
        said = second.Stderr.ToString();
        foreach (var key in (string[])["System:Path", "Audit:HashKeys"]) Assert.Contains(Handlers + key, said);
        Assert.DoesNotContain("MinimumLevel", said);
        Assert.DoesNotContain("s3cret", said);
        Assert.AreEqual("", first.Stderr.ToString());
        Assert.IsFalse(File.Exists(_folder.PathOf("other.log")));
    }

    [TestMethod]
    public async Task The_next_one_decides_when_the_first_leaves()
    {
        var first = await _folder.Host().StartAsync(Cancellation);
        await using var second = await _folder.Host((Handlers + "Audit:HashKeys:0:Id", "k1"), (Handlers + "Audit:HashKeys:0:Key", "s3cret"))
            .StartAsync(Cancellation);
        second.Logger().LogInformation(Login, "unsigned");
        await second.FlushAsync(FlushTo.Disk, Cancellation);
        await first.DisposeAsync();
        second.Logger().LogInformation(Login, "signed");
        await second.FlushAsync(FlushTo.Disk, Cancellation);

        Assert.DoesNotContain("key_id", _folder.AuditLines.Single(line => line.Contains("unsigned", StringComparison.Ordinal)));
        Assert.Contains("\"key_id\":\"k1\"", _folder.AuditLines[^1]);
        Assert.Contains("audit.config_changed", _folder.EventTypes);
        second.Change((Handlers + "Audit:FlushInterval", "00:00:01"));
        await second.FlushAsync(FlushTo.Disk, Cancellation);
        Assert.AreEqual("audit.config_changed", _folder.EventTypes[^1]);
    }

    [TestMethod]
    public async Task A_call_with_its_own_acknowledgement_is_on_the_disk_when_it_returns()
    {
        await using var queued = await _folder.Host().StartAsync(Cancellation);
        await using var durable = await _folder.Host((Handlers + "Audit:Acknowledge", "Durable")).StartAsync(Cancellation);
        durable.Logger().LogInformation(Login, "durable");
        Assert.Contains("durable", _folder.AuditLines[^1]);
        var logger = durable.Logger();
        await durable.DisposeAsync();
        var thrown = Assert.ThrowsExactly<AggregateException>(() => logger.LogInformation(Login, "late"));
        Assert.IsInstanceOfType<AuditNotWrittenException>(thrown.InnerException);
    }
}
