using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>A real browser without a window, driven by the Chrome DevTools Protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("zotify-browser-");
    private readonly ClientWebSocket _socket = new();
    private Process? _process;
    private int _lastId;

    /// <summary>Where a browser is installed; <see langword="null"/> where there is none.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Opens an address and waits until the page where it lands has loaded.</summary>
    public async Task OpenAsync(string executable, string url, string lands, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0",
            $"--user-data-dir={_profile.FullName}", "about:blank",
        ];
        var start = new ProcessStartInfo(executable) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        var port = await PortAsync(_process.StandardError, cancellationToken);
        // It stops where nobody reads what it says.
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        using var http = new HttpClient();
        var pages = await http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{port}/json/list", cancellationToken);
        var page = pages.EnumerateArray().First(target => target.GetProperty("type").GetString() == "page");
        await _socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), cancellationToken);
        await CallAsync("Page.navigate", new { url }, cancellationToken);
        await WaitForAsync($"document.readyState === 'complete' && location.href === {JsonSerializer.Serialize(lands)}", cancellationToken);
    }

    /// <summary>Evaluates a script in the page; awaits it where it is a promise.</summary>
    public async Task<JsonElement> EvaluateAsync(string script, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("Runtime.evaluate", new { expression = script, awaitPromise = true, returnByValue = true }, cancellationToken);
        if (answer.TryGetProperty("exceptionDetails", out var fault)) throw new InvalidOperationException(fault.GetRawText());
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Waits until a condition holds in the page.</summary>
    public async Task WaitForAsync(string condition, CancellationToken cancellationToken)
    {
        while (!(await EvaluateAsync($"new Promise(done => setTimeout(() => done(!!({condition})), 20))", cancellationToken)).GetBoolean())
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser's that ends a moment later still writes there; the system tidies its temporary folder.
        }
    }

    private static async Task<string> PortAsync(StreamReader output, CancellationToken cancellationToken)
    {
        while (await output.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("DevTools listening on ", StringComparison.Ordinal)) return new Uri(line["DevTools listening on ".Length..]).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException("The browser ended before it listened.");
    }

    private async Task<JsonElement> CallAsync(string method, object parameters, CancellationToken cancellationToken)
    {
        var id = ++_lastId;
        await _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        while (true)
        {
            var message = await ReceiveAsync(cancellationToken);
            if (message.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
                return message.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(message.GetRawText());
        }
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, cancellationToken);
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return JsonElement.Parse(message.ToArray());
        }
    }
}
