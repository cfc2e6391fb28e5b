using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Provider.Capture;
using Zotify.Logging.Provider.Dispatch;
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
        await using var host = await Host((Root + "Channel", "#ops"), (Root + "EventTypes:0", "order.*"), (Root + "MinimumLevel", "Warning")).StartAsync(TestContext.CancellationToken);
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
