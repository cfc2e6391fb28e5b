using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A server of a test's own that stands in for SQL Server, which the test may crash.</summary>
internal sealed class StandInServer : IAsyncDisposable
{
    /// <summary>The environment variable with the folder of the stand-in's programs <c>start</c> and <c>stop</c>.</summary>
    public const string Variable = "ZOTIFY_TEST_TDS";

    private readonly string _folder = Directory.CreateTempSubdirectory("zotify-server-").FullName;
    private readonly int _port = FreePort();

    private StandInServer()
    {
    }

    /// <summary>The folder of its programs; <see langword="null"/> where there is none.</summary>
    public static string? Programs => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <summary>The connection string.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts one with empty data.</summary>
    public static async Task<StandInServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new StandInServer();
        // Another user runs it.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(server._folder, File.GetUnixFileMode(server._folder) | UnixFileMode.OtherExecute);
        await server.RunAsync(cancellationToken);
        return server;
    }

    /// <summary>Ends its processes at once, as a crash does, and starts it again.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken)
    {
        await RunAsync("stop", [_folder, "immediate"], cancellationToken);
        await RunAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop", [_folder, "immediate"], CancellationToken.None);
        new DirectoryInfo(_folder).DeleteAll();
    }

    private async Task RunAsync(CancellationToken cancellationToken) =>
        ConnectionString = (await RunAsync("start", [_folder, $"{_port}"], cancellationToken)).Trim();

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        // Its output goes to a file: the server, which lives longer, inherits it.
        var output = Path.GetTempFileName();
        try
        {
            const string ToFiles = "out=$1; shift; exec \"$@\" >\"$out\" 2>\"$out.err\"";
            var command = Path.Combine(Programs!, program);
            using var process = Process.Start(new ProcessStartInfo("sh", ["-c", ToFiles, "sh", output, command, .. arguments]))!;
            await process.WaitForExitAsync(cancellationToken);
            Assert.AreEqual(0, process.ExitCode, await File.ReadAllTextAsync($"{output}.err", cancellationToken));
            return await File.ReadAllTextAsync(output, cancellationToken);
        }
        finally
        {
            File.Delete(output);
            File.Delete($"{output}.err");
        }
    }

    /// <summary>A free port whose next one is free, too.</summary>
    private static int FreePort()
    {
        for (var port = 30_100; ; port += 2)
        {
            if (IsFree(port) && IsFree(port + 1)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
