using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// Observes the end of the process. An unhandled exception flushes but closes nothing, because later handlers of the application may log
/// the reason. Everything is closed in the last handler of <see cref="AppDomain.ProcessExit"/>: after the return from Main, and at
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

    /// <summary>Whether everything is closed. Then nothing is opened any more.</summary>
    public static bool HasEnded => _hasEnded;

    /// <summary>Whether an unhandled exception is about to end the process. Then each call flushes its record to the disk.</summary>
    public static bool IsCrashing => Volatile.Read(ref _crashEnds) != 0;

    /// <summary>Begins to observe, once. Call it before anything is opened.</summary>
    public static void Observe()
    {
        lock (Gate)
        {
            if (_isObserved) return;
            _isObserved = true;
        }

        AppDomain.CurrentDomain.UnhandledException += (_, e) => FlushBeforeTheCrash(e.IsTerminating);
        AppDomain.CurrentDomain.ProcessExit += Close;
        // This event comes before ProcessExit, whose handlers run in the order in which they were added, so this handler becomes the last
        // one.
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
            // A signal that has no handler may end the process without ProcessExit. A host handles the signals itself.
            _signals = Array.ConvertAll(Ending, signal => PosixSignalRegistration.Create(signal, _ => FlushAtSignal()));
        }
    }

    /// <summary>Stops observing for a service that is closed.</summary>
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
    /// Waits for a flush when an unhandled exception ends the process. All such waits together take no longer than the timeout.
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

    /// <summary>The process ends when its handlers return, so they must block. Every wait has a deadline.</summary>
    private static void Block(Task task)
    {
        try
        {
#pragma warning disable RS0030
            task.GetAwaiter().GetResult();
#pragma warning restore RS0030
        }
        // Failures were reported where they happened, and nothing more can be done.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
