using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// Observes the end of the process. An unhandled exception flushes and closes nothing: handlers of the application that run later may log
/// why it ends. Everything closes in the last handler of <see cref="AppDomain.ProcessExit"/>: after the return from Main, and at
/// <see cref="Environment.Exit"/>. Keeps a service alive from its first record until its disposal. Thread-safe.
/// </summary>
internal static class ProcessEnd
{
    private static readonly Lock Gate = new();
    private static readonly List<LoggingService> Services = [];
    private static readonly PosixSignal[] Ending = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP];
    private static PosixSignalRegistration[] _signals = [];
    private static bool _isObserved;
    private static volatile bool _hasEnded;
    private static long _crashEnds;

    /// <summary>Whether everything is closed. Nothing is opened any more.</summary>
    public static bool HasEnded => _hasEnded;

    /// <summary>Whether an unhandled exception is about to end the process: each call brings its record to the disk.</summary>
    public static bool IsCrashing => Volatile.Read(ref _crashEnds) != 0;

    /// <summary>Begins to observe, once. Called before anything is opened.</summary>
    public static void Observe()
    {
        lock (Gate)
        {
            if (_isObserved) return;
            _isObserved = true;
        }

        AppDomain.CurrentDomain.UnhandledException += (_, e) => FlushBeforeTheCrash(e.IsTerminating);
        AppDomain.CurrentDomain.ProcessExit += Close;
        // Comes before ProcessExit, whose handlers run in the order in which they were added: this one becomes the last.
        AssemblyLoadContext.Default.Unloading += _ =>
        {
            AppDomain.CurrentDomain.ProcessExit -= Close;
            AppDomain.CurrentDomain.ProcessExit += Close;
        };
    }

    /// <summary>Flushes and closes the service at the end of the process.</summary>
    public static void Add(LoggingService service)
    {
        Observe();
        lock (Gate)
        {
            if (_hasEnded || Services.Contains(service)) return;
            Services.Add(service);
            if (_signals.Length > 0 || !service.HeedsSignals) return;
            // A signal that nobody handles may end the process without ProcessExit. A host handles them itself.
            _signals = Array.ConvertAll(Ending, signal => PosixSignalRegistration.Create(signal, _ => FlushAtSignal()));
        }
    }

    /// <summary>The service is closed.</summary>
    public static void Remove(LoggingService service)
    {
        PosixSignalRegistration[] ended = [];
        lock (Gate)
        {
            Services.Remove(service);
            if (!Services.Exists(other => other.HeedsSignals)) (ended, _signals) = (_signals, ended);
        }

        foreach (var signal in ended) signal.Dispose();
    }

    /// <summary>
    /// Waits for a flush in a process that an unhandled exception ends, together with all others no longer than the timeout.
    /// </summary>
    public static void WaitBeforeTheCrash(Task flush)
    {
        var left = TimeSpan.FromMilliseconds(Volatile.Read(ref _crashEnds) - Environment.TickCount64);
        if (left > TimeSpan.Zero) Block(flush.WaitAsync(left, TimeProvider.System));
    }

    private static void Close(object? sender, EventArgs e)
    {
        LoggingService[] services;
        lock (Gate)
        {
            _hasEnded = true;
            services = [.. Services];
        }

        Block(Task.WhenAll([.. services.Select(service => service.DisposeAsync().AsTask()), SharedDirectory.CloseAllAsync()]));
    }

    private static void FlushBeforeTheCrash(bool isTerminating)
    {
        var services = Snapshot();
        var timeout = services.Select(service => service.ShutdownTimeout).Append(TimeSpan.Zero).Max();
        if (isTerminating) Volatile.Write(ref _crashEnds, Environment.TickCount64 + (long)timeout.TotalMilliseconds);
        Flush(services);
    }

    private static void FlushAtSignal() => Flush([.. Snapshot().Where(service => service.HeedsSignals)]);

    private static void Flush(LoggingService[] services)
    {
        Block(Task.WhenAll([.. services.Select(service => service.StopAsync(CancellationToken.None)), SharedDirectory.FlushAllAsync()]));
        foreach (var service in services) service.ReportUnwritten();
        SharedDirectory.ReportUnwritten();
    }

    private static LoggingService[] Snapshot()
    {
        lock (Gate) return [.. Services];
    }

    /// <summary>The process ends when its handlers return, so they have to block. Every wait has a deadline.</summary>
    private static void Block(Task task)
    {
        try
        {
#pragma warning disable RS0030
            task.GetAwaiter().GetResult();
#pragma warning restore RS0030
        }
        // What failed was reported where it failed, and nothing can be done about it any more.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
