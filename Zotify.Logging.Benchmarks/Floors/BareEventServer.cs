using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>Kestrel and one block of bytes for all subscribers, only in memory. An event is framed once, when it is sent.</summary>
internal sealed class BareEventServer : IEventServer
{
    /// <summary>A larger write for each of a thousand subscribers takes gigabytes, and time to allocate them.</summary>
    private const int MostAtOnce = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly WebApplication _app;
    private byte[] _bytes = new byte[1024 * 1024];
    private int _length;
    private TaskCompletionSource _changed = NewSignal();

    public BareEventServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(StreamAsync);
    }

    public async Task<Uri> StartAsync(string folder)
    {
        await _app.StartAsync();
        return new Uri(_app.Urls.Single());
    }

    public void Send(string message)
    {
        // As many bytes as the web project sends for the same event.
        var position = string.Create(CultureInfo.InvariantCulture, $"0123456789abcdef.{_length}");
        var time = TimeProvider.System.GetUtcNow();
        var framed = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"id: {position}\ndata: "
            + $"{{\"timestamp\":\"{time:O}\",\"level\":\"Information\",\"trace_id\":null,\"category\":\"Load\",\"event_id\":0,\"event_name\":null,"
            + $"\"message\":\"{message}\",\"exception\":null,\"text\":\"{time:O} [INF] - Load[0] {message}\",\"position\":\"{position}\"}}\n\n"));
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (_length + framed.Length > _bytes.Length) Array.Resize(ref _bytes, _bytes.Length * 2);
            framed.CopyTo(_bytes, _length);
            _length += framed.Length;
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        for (var sent = 0; ;)
        {
            Task changed;
            ReadOnlyMemory<byte> next;
            lock (_gate) (next, changed) = (_bytes.AsMemory(sent, Math.Min(_length - sent, MostAtOnce)), _changed.Task);
            if (next.Length > 0) await context.Response.BodyWriter.WriteAsync(next, context.RequestAborted);
            sent += next.Length;
            if (next.Length < MostAtOnce) await changed.WaitAsync(context.RequestAborted);
        }
    }
}
