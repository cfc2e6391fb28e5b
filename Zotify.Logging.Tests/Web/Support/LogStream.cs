using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>A client of a stream, line by line and event by event.</summary>
internal sealed class LogStream : IDisposable
{
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;
    private readonly CancellationToken _cancellation;

    private LogStream(HttpClient client, HttpResponseMessage answer, StreamReader reader, CancellationToken cancellation)
    {
        _client = client;
        _answer = answer;
        _reader = reader;
        _cancellation = cancellation;
    }

    public HttpStatusCode Status => _answer.StatusCode;

    /// <summary>Opens it, and returns when its head has arrived.</summary>
    public static async Task<LogStream> OpenAsync(
        TestServer server, string path, string accept, string? lastEventId, CancellationToken cancellation, string key = TestServer.AllKey)
    {
        var client = server.Client(key);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return new LogStream(client, answer, new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation)), cancellation);
    }

    /// <summary>The next line; <see langword="null"/> at the end.</summary>
    public async Task<string?> LineAsync() => await _reader.ReadLineAsync(_cancellation);

    /// <summary>The next line as an object.</summary>
    public async Task<JsonElement> ObjectAsync() => JsonElement.Parse((await LineAsync())!);

    /// <summary>The rest until the end.</summary>
    public Task<string> RestAsync() => _reader.ReadToEndAsync(_cancellation);

    /// <summary>The next event. Comments and reconnection times are skipped.</summary>
    public async Task<(string? Id, string Type, JsonElement Data)> EventAsync()
    {
        var (id, type, data) = ((string?)null, "message", default(JsonElement));
        while (true)
        {
            var line = await LineAsync() ?? throw new EndOfStreamException();
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) data = JsonElement.Parse(line[6..]);
            if (line.Length == 0 && data.ValueKind != JsonValueKind.Undefined) return (id, type, data);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _answer.Dispose();
        _client.Dispose();
    }
}
