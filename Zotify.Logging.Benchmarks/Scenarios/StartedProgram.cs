using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>The web program in a process of its own, on an existing database, until it is disposed.</summary>
internal sealed class StartedProgram : IAsyncDisposable
{
    private const string Key = "benchmarks-key-that-opens-only-this-program";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly WorkFolder _folder = new();
    private readonly Process _process;

    private StartedProgram(string program, string database)
    {
        var port = FreePort();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
        string[] arguments =
        [
            "exec", program, $"--urls=http://127.0.0.1:{port}", $"--contentRoot={_folder.Path}",
            $"--Logging:Zotify:Database:ConnectionString=Data Source={database}", "--Logging:Console:LogLevel:Default=None",
            "--Zotify:Access:ApiKeys:0:Name=benchmarks", $"--Zotify:Access:ApiKeys:0:Sha256={hash}",
            "--Zotify:Access:ApiKeys:0:Scopes:0=logs:audit",
        ];
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), DefaultRequestHeaders = { { "X-API-Key", Key } } };
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Sends requests, with a key that may read the audit log.</summary>
    public HttpClient Client { get; }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Starts it, and waits for its first answer.</summary>
    /// <param name="program">The file of the program.</param>
    /// <param name="database">The file of the database.</param>
    public static async Task<StartedProgram> StartAsync(string program, string database)
    {
        var start = Stopwatch.GetTimestamp();
        var started = new StartedProgram(program, database);
        while (!await started.AnswersAsync())
        {
            if (!started._process.HasExited && Stopwatch.GetElapsedTime(start) < StartTimeout) continue;
            await started.DisposeAsync();
            throw new InvalidOperationException("The program did not start.");
        }

        started.StartTime = Stopwatch.GetElapsedTime(start);
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Client.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await Client.GetAsync("/health/live");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            return false;
        }
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
