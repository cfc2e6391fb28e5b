using System.Runtime.InteropServices;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// Observes the end of a process that disposes nothing: the return from Main, <see cref="Environment.Exit"/>, an unhandled exception, and,
/// without a host, the signals that end it. Keeps its callbacks alive until it is disposed.
/// </summary>
internal sealed class ProcessEnd : IDisposable
{
    private readonly Action _end;
    private readonly PosixSignalRegistration[] _signals;

    /// <param name="end">Called in the thread that ends the process. The end goes on when it returns.</param>
    /// <param name="signal">
    /// Called at SIGTERM, SIGINT (Ctrl-C) and SIGHUP. They end the process when it returns, unless the application cancels that.
    /// <see langword="null"/> leaves the signals to the host.
    /// </param>
    public ProcessEnd(Action end, Action? signal)
    {
        _end = end;
        AppDomain.CurrentDomain.ProcessExit += OnEnd;
        AppDomain.CurrentDomain.UnhandledException += OnEnd;
        // A signal that nobody handles ends the process without ProcessExit.
        PosixSignal[] observed = signal is null ? [] : [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP];
        _signals = Array.ConvertAll(observed, s => PosixSignalRegistration.Create(s, _ => signal!()));
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
