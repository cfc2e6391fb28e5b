using System.Diagnostics;
using System.Threading.Channels;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>A .NET program as a separate process. A test that ends before it kills it.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>The first argument, if the test program is to run a scenario instead of the tests.</summary>
    public const string Command = "child";

    private readonly Process _process;
    private readonly Channel<string> _errorLines = Channel.CreateUnbounded<string>();
    private readonly Task _errorRead;

    /// <param name="program">The file of the program.</param>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="arguments">The arguments.</param>
    public ChildProcess(string program, string folder, params string[] arguments)
        : this(["dotnet", "exec", program, .. arguments], folder, readsErrors: true)
    {
    }

    private ChildProcess(string[] command, string folder, bool readsErrors)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        // Read from the start: a full pipe would block a program that writes to it.
        _errorRead = readsErrors ? ReadErrorsAsync() : Task.CompletedTask;
        if (!readsErrors) _errorLines.Writer.Complete();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its id in the system.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a .NET program through another program, which is given its command as its last arguments.</summary>
    public static ChildProcess Through(string[] launcher, string program, string folder, params string[] arguments) =>
        new([.. launcher, "dotnet", "exec", program, .. arguments], folder, readsErrors: true);

    /// <summary>Starts a program that needs no runtime.</summary>
    public static ChildProcess OfNative(string program, string folder, params string[] arguments) =>
        new([program, .. arguments], folder, readsErrors: true);

    /// <summary>Starts a scenario.</summary>
    public static ChildProcess Run<TChild>(string folder, params string[] arguments)
        where TChild : IChild => new(typeof(TChild).Assembly.Location, folder, [Command, typeof(TChild).Name, .. arguments]);

    /// <summary>
    /// Starts a scenario through another program, which gets the command as its last arguments: <c>strace</c>, <c>sh -c</c>.
    /// </summary>
    public static ChildProcess RunThrough<TChild>(string[] launcher, string folder, params string[] arguments)
        where TChild : IChild => new([.. launcher, .. CommandOf<TChild>(arguments)], folder, readsErrors: true);

    /// <summary>Starts a scenario whose stderr is a pipe that nobody reads.</summary>
    public static ChildProcess RunUnread<TChild>(string folder, params string[] arguments)
        where TChild : IChild => new(CommandOf<TChild>(arguments), folder, readsErrors: false);

    /// <summary>The next line that it prints; <see langword="null"/> at its end.</summary>
    public ValueTask<string?> TryReadLineAsync(CancellationToken cancellationToken) =>
        _process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>The next line that it prints.</summary>
    /// <exception cref="InvalidOperationException">It ended before; the message has its stderr.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken)
        ?? throw new InvalidOperationException($"It ended before it printed the line: {await RestOfErrorsAsync(cancellationToken)}");

    /// <summary>The next line that it prints. It is killed if that takes longer than a time.</summary>
    /// <exception cref="InvalidOperationException">It ended before, or was killed; the message has its stderr.</exception>
    public async Task<string> ReadLineAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(longest);
        await using var kill = late.Token.Register(() => _process.Kill(entireProcessTree: true));
        return await ReadLineAsync(cancellationToken);
    }

    /// <summary>The next line of its stderr.</summary>
    /// <exception cref="ChannelClosedException">It ended before.</exception>
    public ValueTask<string> ReadErrorLineAsync(CancellationToken cancellationToken) => _errorLines.Reader.ReadAsync(cancellationToken);

    /// <summary>Writes a line to its input.</summary>
    public async Task WriteLineAsync(string line, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
    }

    /// <summary>Closes its input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Ends it as a crash does: SIGKILL, which no code of it sees. Returns when it is gone.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        // With its own child processes, if it is a launcher.
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Sends SIGTERM.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        // The shell's own command, because not every system has the program.
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits for its end. Returns its exit code, and the unread rest of its output and of stderr.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync(CancellationToken cancellationToken)
    {
        var output = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await RestOfErrorsAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, output, error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync(CancellationToken.None);
        await _errorRead;
        _process.Dispose();
    }

    private static string[] CommandOf<TChild>(string[] arguments) =>
        ["dotnet", "exec", typeof(TChild).Assembly.Location, Command, typeof(TChild).Name, .. arguments];

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line) _errorLines.Writer.TryWrite(line);
        _errorLines.Writer.Complete();
    }

    private async Task<string> RestOfErrorsAsync(CancellationToken cancellationToken) =>
        string.Join('\n', await _errorLines.Reader.ReadAllAsync(cancellationToken).ToListAsync(cancellationToken));
}
