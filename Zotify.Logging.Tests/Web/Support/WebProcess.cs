using System.Diagnostics;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Web;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>The web project as a separate process, in a folder that is deleted at the end. It ends with the test.</summary>
internal sealed class WebProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _root = new();
    private ChildProcess? _process;

    /// <summary>The program as its own project builds it. The tests' folder has only its code, without its settings.</summary>
    public static string Program { get; } = Path.Combine(
        Repository.Root, "Zotify.Logging.Web", Path.GetRelativePath(
            Path.Combine(Repository.Root, "Zotify.Logging.Tests"), typeof(WebProgram).Assembly.Location));

    public string PathOf(string name) => _root.PathOf(name);

    /// <summary>The most memory that it had, in bytes.</summary>
    public long PeakWorkingSet
    {
        get
        {
            using var process = Process.GetProcessById(_process!.Id);
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts the program with settings, <c>key=value</c>.</summary>
    public void Start(params string[] settings)
    {
        string[] all = ["urls=http://127.0.0.1:0", "environment=Development", .. settings];
        StartWith([.. all.Select(setting => $"--{setting}")]);
    }

    /// <summary>Starts the program with arguments.</summary>
    public void StartWith(params string[] arguments) => _process = new ChildProcess(Program, _root.Path, arguments);

    /// <summary>Runs a command of the program to its end. Returns its exit code, its output, and its stderr.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        await using var command = new ChildProcess(Program, _root.Path, arguments);
        return await command.EndAsync(cancellationToken);
    }

    /// <summary>The link that it prints.</summary>
    public async Task<Uri> SignInLinkAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await _process!.ReadLineAsync(cancellationToken);
            if (line.StartsWith("Sign in once", StringComparison.Ordinal))
                return new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
        }
    }

    /// <summary>Sends SIGTERM.</summary>
    public Task TerminateAsync(CancellationToken cancellationToken) => _process!.TerminateAsync(cancellationToken);

    /// <summary>Waits for its end. Returns its exit code, and its stderr.</summary>
    public async Task<(int ExitCode, string Error)> EndAsync(CancellationToken cancellationToken)
    {
        var (exitCode, _, error) = await _process!.EndAsync(cancellationToken);
        return (exitCode, error);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _root.Dispose();
    }
}
