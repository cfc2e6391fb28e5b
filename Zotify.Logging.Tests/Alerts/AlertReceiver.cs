using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>A receiver of alerts that verifies every message and keeps it. Thread-safe.</summary>
internal sealed class AlertReceiver : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly Lock _gate = new();
    private readonly List<ReceivedAlert> _received;
    private readonly WebApplication _app;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AlertReceiver(List<ReceivedAlert> received)
    {
        _received = received;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/hook/s3cret", ReceiveAsync);
    }

    /// <summary>The status of the answer to a message, which is kept whatever it is.</summary>
    public Func<HttpContext, ReceivedAlert, int> Answers { get; set; } = (_, _) => StatusCodes.Status204NoContent;

    public string Url => $"{_app.Urls.Single()}/hook/s3cret";

    public int Port => new Uri(Url).Port;

    /// <summary>Every attempt that reached it.</summary>
    public IReadOnlyList<ReceivedAlert> Received
    {
        get
        {
            lock (_gate) return [.. _received];
        }
    }

    /// <summary>Starts one, with what one received that was stopped.</summary>
    public static async Task<AlertReceiver> StartAsync(AlertReceiver? former = null)
    {
        var receiver = new AlertReceiver(former?._received ?? []);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Returns what arrived when it fulfils a condition.</summary>
    public async Task<IReadOnlyList<ReceivedAlert>> WhenAsync(
        Func<IReadOnlyList<ReceivedAlert>, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (condition(_received)) return [.. _received];
                next = _next.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers;
        var (id, timestamp) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
        if (!WebhookVerifier.IsSigned(Secret, id, timestamp, body.ToArray(), headers["webhook-signature"].ToString()))
            id = $"forged {id}";
        var received = new ReceivedAlert(
            id, long.Parse(timestamp, CultureInfo.InvariantCulture), Encoding.UTF8.GetString(body.ToArray()));
        context.Response.StatusCode = Answers(context, received);
        lock (_gate)
        {
            _received.Add(received with { IsAccepted = context.Response.StatusCode == StatusCodes.Status204NoContent });
            _next.SetResult();
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
