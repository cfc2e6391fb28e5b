using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>The smallest possible server of events: Kestrel, and the events from memory, with the same bytes as those of the log.</summary>
internal sealed class BareStreamServer : StreamServer
{
    private readonly List<byte[]> _events = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;

    protected override async Task<string> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(StreamAsync);
        await _app.StartAsync();
        return $"{_app.Urls.Single()}/";
    }

    protected override void Log(int number, long time)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"Line {number} {time}");
        var now = Time.GetUtcNow();
        var text = string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'} [INF] - Load[0] {message}");
        var entry = new SystemLogEntry("0123456789abcdef.12345", text)
        {
            Timestamp = now,
            Level = nameof(LogLevel.Information),
            Category = "Load",
            EventId = 0,
            Message = message,
        };
        var output = new ArrayBufferWriter<byte>();
        new ServerSentEvents().WriteEntry(entry.Cursor, entry.Text, entry, output);
        TaskCompletionSource news;
        lock (_events)
        {
            _events.Add(output.WrittenSpan.ToArray());
            (news, _news) = (_news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        news.SetResult();
    }

    protected override async Task StopAsync()
    {
        await _app!.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = ServerSentEvents.MediaType;
        var output = context.Response.BodyWriter;
        for (var next = 0; ;)
        {
            Task news;
            lock (_events)
            {
                for (; next < _events.Count; next++) output.Write(_events[next]);
                news = _news.Task;
            }

            await output.FlushAsync(context.RequestAborted);
            await news.WaitAsync(context.RequestAborted);
        }
    }
}
