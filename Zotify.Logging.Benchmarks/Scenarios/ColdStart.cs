using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Web;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>Starts the web program over a database that is there, and waits for its first answer.</summary>
internal static class ColdStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>From the start of the process to the first answer.</summary>
    public static async Task<Figures> RunAsync(string database)
    {
        using var folder = new WorkFolder();
        var port = FreePort();
        string[] arguments =
        [
            "exec", Program(), $"--urls=http://127.0.0.1:{port}", $"--contentRoot={folder.Path}",
            $"--Logging:Zotify:Database:ConnectionString=Data Source={database}", "--Logging:Console:LogLevel:Default=None",
        ];
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            while (!await AnswersAsync(client))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(start) > Patience) throw new InvalidOperationException("The program did not start.");
            }

            return new Figures { ["ms to the first answer"] = Stopwatch.GetElapsedTime(start).TotalMilliseconds };
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>The program as its own project builds it: beside the benchmarks lies its code alone, which is not compiled ahead of time.</summary>
    private static string Program([CallerFilePath] string path = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../.."));
        var here = Path.GetRelativePath(Path.Combine(root, "Zotify.Logging.Benchmarks"), typeof(WebProgram).Assembly.Location);
        return Path.Combine(root, "Zotify.Logging.Web", here);
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/live");
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
