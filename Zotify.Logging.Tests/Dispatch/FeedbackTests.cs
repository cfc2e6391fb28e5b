using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>A handler's own log calls skip that handler, are counted, and go to the others.</summary>
[TestClass]
public sealed class FeedbackTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Background_work_of_the_handler_is_its_own_however_late_it_logs()
    {
        var later = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? background = null;
        var echoing = new CollectingHandler();
        var other = new CollectingHandler();
        var test = new ServiceUnderTest().With(echoing).With(other);
        var logger = test.Logger();
        async Task LogLaterAsync()
        {
            await later.Task;
            logger.LogInformation("echo");
        }

        echoing.OnWrite = () => background ??= Task.Run(LogLaterAsync, CancellationToken.None);
        logger.LogInformation("original");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        logger.LogInformation("another");
        later.SetResult();
        await background!;
        await test.DisposeAsync();

        CollectionAssert.AreEqual(new[] { "original", "another" }, echoing.Messages.ToArray());
        CollectionAssert.AreEqual(new[] { "original", "another", "echo" }, other.Messages.ToArray());
        Assert.AreEqual(1, test.Status().Dropped[DropReason.Feedback]);
    }

    [TestMethod]
    [DataRow("made")]
    [DataRow("started")]
    [DataRow("flushed")]
    [DataRow("closed")]
    public async Task Its_log_calls_in_any_other_member_are_its_own_as_well(string when)
    {
        ILogger? logger = null;
        using var ready = new ManualResetEventSlim();
        ChattyHandler? handler = null;
        var other = new CollectingHandler();
        var test = new ServiceUnderTest()
            .With(
                _ =>
                {
                    ready.Wait(Cancellation);
                    return handler = new ChattyHandler(at =>
                    {
                        if (at == when) logger!.LogInformation("echo");
                    });
                },
                typeof(ChattyHandler))
            .With(other);
        logger = test.Logger();
        ready.Set();
        logger.LogInformation("original");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        await test.DisposeAsync();

        CollectionAssert.AreEqual(new[] { "original" }, handler!.Messages);
        Assert.AreEqual(1, test.Status().Dropped[DropReason.Feedback]);
        // The other one may have shut down before the last of these.
        Assert.AreEqual(2, test.Status("Handler2").Written + test.Status("Handler2").Dropped.Values.Sum());
    }

    [TestMethod]
    public async Task Log_calls_of_an_HttpClient_of_the_handler_skip_it_and_are_in_the_system_log()
    {
        await using var webhook = WebApplication.CreateSlimBuilder().Build();
        webhook.Urls.Add("http://127.0.0.1:0");
        var posted = 0;
        webhook.MapPost("/hook", () =>
        {
            Interlocked.Increment(ref posted);
            return Results.NoContent();
        });
        await webhook.StartAsync(Cancellation);
        await using var host = await new TestHost
        {
            Logging = logging =>
            {
                logging.Services.AddHttpClient("hook", client => client.BaseAddress = new Uri(webhook.Urls.Single()));
                logging.AddHandler<WebhookHandler>("Webhook");
            },
        }.StartAsync(Cancellation);

        host.Logger("Shop.Orders").LogInformation("original");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        var status = host.Service.Handlers.Single(handler => handler.Name == "Webhook");
        var written = status.Written;
        var echoes = host.SystemLines.Count(line => line.Contains(" System.Net.Http.HttpClient.hook.", StringComparison.Ordinal));

        Assert.IsGreaterThan(0, echoes);
        Assert.AreEqual(echoes, status.Dropped[DropReason.Feedback]);
        Assert.ContainsSingle(line => line.Contains("Shop.Orders", StringComparison.Ordinal), host.SystemLines);
        // The start of the host logs as well. Whatever batches came of that, none came of their own posts.
        Assert.IsLessThanOrEqualTo(written, posted);
    }

    internal sealed class WebhookHandler(IHttpClientFactory clients) : BaseLogHandler
    {
        protected internal override async ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
        {
            using var body = new StringContent(string.Join('\n', batch.Select(record => record.Message)));
            using var answer = await clients.CreateClient("hook").PostAsync(new Uri("/hook", UriKind.Relative), body, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    private sealed class ChattyHandler : BaseLogHandler
    {
        private readonly Action<string> _says;

        public ChattyHandler(Action<string> says)
        {
            _says = says;
            says("made");
        }

        public List<string> Messages { get; } = [];

        protected internal override ValueTask StartAsync(CancellationToken cancellationToken)
        {
            _says("started");
            return default;
        }

        protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
        {
            Messages.AddRange(batch.Select(record => record.Message));
            return default;
        }

        protected internal override ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            _says("flushed");
            return default;
        }

        public override ValueTask DisposeAsync()
        {
            _says("closed");
            return base.DisposeAsync();
        }
    }
}
