using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>Starts the web program on an existing database, and waits for its first answer.</summary>
internal static class ColdStart
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Publishes the program as its image does: only for this machine, in native code.</summary>
    /// <param name="folder">The folder for the program.</param>
    /// <returns>The file of the program.</returns>
    public static async Task<string> PublishAsync(string folder)
    {
        string[] arguments =
        [
            "publish",
            ProjectFolder(),
            "--configuration",
            "Release",
            "--runtime",
            RuntimeInformation.RuntimeIdentifier,
            "--no-self-contained",
            "--output",
            folder
        ];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0
            ? Path.Combine(folder, "Zotify.Logging.Web.dll")
            : throw new InvalidOperationException($"The program could not be published: {output}");
    }

    /// <summary>From the start of the process to the first answer.</summary>
    public static async Task<Figures> RunAsync(string program, string database)
    {
        using var folder = new WorkFolder();
        var port = FreePort();
        string[] arguments =
        [
            "exec", program, $"--urls=http://127.0.0.1:{port}", $"--contentRoot={folder.Path}",
            $"--Logging:Zotify:Database:ConnectionString=Data Source={database}", "--Logging:Console:LogLevel:Default=None",
        ];
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            while (!await AnswersAsync(client))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(start) > StartTimeout)
                    throw new InvalidOperationException("The program did not start.");
            }

            return new Figures { ["ms to the first answer"] = Stopwatch.GetElapsedTime(start).TotalMilliseconds };
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static string ProjectFolder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../Zotify.Logging.Web"));

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
