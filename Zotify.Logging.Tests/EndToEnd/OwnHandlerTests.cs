using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.EndToEnd;

[TestClass]
public sealed class OwnHandlerTests
{
    private const string Root = "Logging:Zotify:Handlers:Slack:";

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task A_class_and_a_registration_make_a_handler_with_options_of_its_own()
    {
        await using var host = await Host(
            (Root + "Channel", "#ops"),
            (Root + "EventTypes:0", "order.*"),
            (Root + "MinimumLevel", "Warning")).StartAsync(TestContext.CancellationToken);
        host.Logger().LogWarning(new EventId(1, "order.failed"), "Order {Order} failed", 7);
        host.Logger().LogWarning(new EventId(2, "user.failed"), "of another type");
        host.Logger().LogInformation(new EventId(1, "order.paid"), "below the level");
        await host.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);
        CollectionAssert.AreEqual(new[] { "#ops: Order 7 failed" }, host.Services.GetRequiredService<Messages>().ToArray());
    }

    [TestMethod]
    public async Task Its_options_are_validated_like_the_built_in_ones()
    {
        await using var host = Host((Root + "Channel", "ops"));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        StringAssert.Contains(refused.Failures.Single(), Root + "Channel", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Its_options_may_be_of_every_kind_that_the_configuration_knows()
    {
        await using var host = await Host(
            (Root + "Channels:0", "a"), (Root + "Codes:0", "7"), (Root + "Labels:0", "x"), (
                Root + "Headers:X-Team", "ops"), (Root + "Retry:Count", "5"), (Root + "time-zone", "UTC"))
            .StartAsync(TestContext.CancellationToken);
        var options = host.Options.Started.Handler<SlackOptions>("Slack");
        CollectionAssert.AreEqual(new[] { "a" }, options.Channels);
        CollectionAssert.AreEqual(new[] { 7 }, options.Codes);
        CollectionAssert.AreEqual(new[] { "x" }, options.Labels.ToArray());
        Assert.AreEqual("ops", options.Headers["X-Team"]);
        Assert.AreEqual(5, options.Retry.Count);
        Assert.AreEqual("UTC", options.Zone);
    }

    [TestMethod]
    [DataRow("Codes:0", "seven")]
    [DataRow("Channels", "a")]
    [DataRow("Retry:Count", "often")]
    [DataRow("Retry:Cuont", "5")]
    [DataRow("Zone", "UTC")]
    public async Task A_bad_value_of_such_an_option_is_named(string key, string value)
    {
        await using var host = Host((Root + key, value));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        StringAssert.StartsWith(refused.Failures.Single(), Root + key, StringComparison.Ordinal);
    }

    private static TestHost Host(params (string Key, string? Value)[] settings) => new(settings)
    {
        Logging = logging =>
        {
            logging.Services.AddSingleton<Messages>();
            logging.AddHandler<SlackHandler>("Slack");
        },
    };

    internal sealed class Messages : ConcurrentQueue<string>;

    internal sealed class SlackOptions : LogHandlerOptions
    {
        [RegularExpression("#.+")]
        public string Channel { get; set; } = "#general";

        public string[] Channels { get; set; } = ["default"];

        public List<int> Codes { get; set; } = [1, 2];

        public IList<string> Labels { get; } = [];

        public Dictionary<string, string> Headers { get; } = [];

        public RetryOptions Retry { get; } = new();

        [ConfigurationKeyName("time-zone")]
        public string Zone { get; set; } = "";
    }

    internal sealed class RetryOptions
    {
        public int Count { get; set; }
    }

    internal sealed class SlackHandler(Messages messages) : BaseLogHandler<SlackOptions>
    {
        protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
        {
            foreach (var record in batch) messages.Enqueue($"{Options.Channel}: {record.Message}");
            return default;
        }
    }
}
