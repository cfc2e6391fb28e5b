using System.Diagnostics;
using Zotify.Logging.Web;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>The web project as a process of its own, in a folder that is deleted at the end. It is ended with the test.</summary>
internal sealed class WebProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("zotify-process-");
    private Process? _process;

    public string PathOf(string name) => Path.Combine(_root.FullName, name);

    /// <summary>Starts the program with settings, <c>key=value</c>.</summary>
    public void Start(params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _root.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(WebProgram).Assembly.Location);
        foreach (var setting in (string[])["urls=http://127.0.0.1:0", "environment=Development", .. settings]) start.ArgumentList.Add($"--{setting}");
        _process = Process.Start(start)!;
    }

    /// <summary>The link that it prints.</summary>
    public async Task<Uri> SignInLinkAsync(CancellationToken cancellationToken)
    {
        while (await _process!.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("Sign in once", StringComparison.Ordinal)) return new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
        }

        throw new InvalidOperationException($"It printed no link: {await _process.StandardError.ReadToEndAsync(cancellationToken)}");
    }

    /// <summary>Sends SIGTERM.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        // The shell's own: not every system has the program.
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {_process!.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits for its end; its exit code, and what it said on stderr.</summary>
    public async Task<(int ExitCode, string Error)> EndAsync(CancellationToken cancellationToken)
    {
        var output = _process!.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await _process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, error);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _root.Delete(recursive: true);
    }
}
