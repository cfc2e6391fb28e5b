using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>A collector that keeps what it gets. Thread-safe.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<JsonElement> _records = [];
    private readonly WebApplication _app;
    private TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/logs", ReceiveAsync);
    }

    /// <summary>Decides about a request of some records: null takes them.</summary>
    public Func<HttpContext, IReadOnlyList<JsonElement>, Task<bool>> Takes { get; set; } = (_, _) => Task.FromResult(true);

    /// <summary>Called with the records before the answer.</summary>
    public Action<IReadOnlyList<JsonElement>> Keeps { get; init; } = _ => { };

    /// <summary>Its address.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>The records that it took, in the order of their arrival.</summary>
    public IReadOnlyList<JsonElement> Records
    {
        get
        {
            lock (_gate) return [.. _records];
        }
    }

    /// <summary>Starts one.</summary>
    public static Task<OtlpReceiver> StartAsync() => StartAsync(new OtlpReceiver());

    /// <summary>Starts one; what it takes goes to a function.</summary>
    public static Task<OtlpReceiver> StartAsync(Action<IReadOnlyList<JsonElement>> keeps) =>
        StartAsync(new OtlpReceiver { Keeps = keeps });

    /// <summary>The value of an attribute of a record.</summary>
    public static string? Attribute(JsonElement record, string key) => record.GetProperty("attributes").EnumerateArray()
        .Where(attribute => attribute.GetProperty("key").ValueEquals(key))
        .Select(attribute => attribute.GetProperty("value").EnumerateObject().Single().Value.ToString()).SingleOrDefault();

    /// <summary>Returns the records when they fulfil a condition.</summary>
    public async Task<IReadOnlyList<JsonElement>> WhenAsync(
        Func<IReadOnlyList<JsonElement>, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (condition(_records)) return [.. _records];
                next = _received.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<OtlpReceiver> StartAsync(OtlpReceiver receiver)
    {
        await receiver._app.StartAsync();
        return receiver;
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        Assert.AreEqual("application/json", context.Request.ContentType);
        Assert.AreEqual("gzip", context.Request.Headers.ContentEncoding.ToString());
        await using var body = new GZipStream(context.Request.Body, CompressionMode.Decompress);
        using var request = await JsonDocument.ParseAsync(body, default, context.RequestAborted);
        JsonElement[] records =
        [
            .. request.RootElement.GetProperty("resourceLogs").EnumerateArray()
                .SelectMany(resource => resource.GetProperty("scopeLogs").EnumerateArray())
                .SelectMany(scope => scope.GetProperty("logRecords").EnumerateArray()).Select(record => record.Clone()),
        ];
        if (!await Takes(context, records)) return;
        Keeps(records);
        lock (_gate)
        {
            _records.AddRange(records);
            _received.SetResult();
            _received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (!context.Response.HasStarted) await context.Response.WriteAsJsonAsync(new { });
    }
}
