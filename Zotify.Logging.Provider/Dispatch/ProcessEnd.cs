using System.Runtime.InteropServices;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// Hears of the end of a process that disposes of nothing: the return from Main, <see cref="Environment.Exit"/>, an
/// unhandled exception; and, where no host does, the signals that end it. Until it is disposed of it keeps its
/// listeners alive.
/// </summary>
internal sealed class ProcessEnd : IDisposable
{
    private readonly Action _end;
    private readonly PosixSignalRegistration[] _signals;

    /// <param name="end">Called in the thread that ends the process, which goes on when it returns.</param>
    /// <param name="signal">
    /// Called at SIGTERM, SIGINT (Ctrl-C) and SIGHUP, which end the process when it returns, unless the application
    /// chooses otherwise; <see langword="null"/> to leave them to the host.
    /// </param>
    public ProcessEnd(Action end, Action? signal)
    {
        _end = end;
        AppDomain.CurrentDomain.ProcessExit += OnEnd;
        AppDomain.CurrentDomain.UnhandledException += OnEnd;
        // A signal that nobody handles ends the process without ProcessExit.
        _signals = signal is null ? [] : [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }.Select(s => PosixSignalRegistration.Create(s, _ => signal()))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnEnd;
        AppDomain.CurrentDomain.UnhandledException -= OnEnd;
        foreach (var signal in _signals) signal.Dispose();
    }

    private void OnEnd(object? sender, EventArgs e) => _end();
}
