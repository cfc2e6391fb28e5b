using Zotify.Logging.Common;
using Zotify.Logging.Configuration;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// A log directory that is open in this process, with the pipelines of the built-in handlers. All services of the process share it. The
/// first service decides the paths and the database, and the first one that uses a handler decides its limits; when it leaves, the next one
/// decides. The directory closes when the last service leaves, or the last one that belongs to a started host: a temporary container that
/// was forgotten must not keep it open. A later record opens the directory again, once it is closed. Thread-safe.
/// </summary>
internal sealed class SharedDirectory
{
    // One lock for all directories. It is held while something opens, changes or closes, and never during input or output.
    private static readonly Lock Gate = new();

    // By real path. A directory that is being closed stays here until its lock is free.
    private static readonly Dictionary<string, SharedDirectory> All = new(RealPath.Comparer);

    private readonly SharedSetup _setup;
    private readonly ISharedStage _stage;
    private readonly Task _ready;
    private readonly SelfDiagnostics _diagnostics;
    private readonly List<DirectoryLease> _leases = [];
    private readonly Dictionary<string, HandlerPipeline> _pipelines = new(StringComparer.OrdinalIgnoreCase);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosing;
    private bool _hasBegunToClose;

    private SharedDirectory(string realPath, SharedSetup setup, Task ready)
    {
        Path = realPath;
        _setup = setup;
        _stage = setup.MakeStage();
        _ready = ready;
        _diagnostics = setup.Diagnostics.Another();
    }

    /// <summary>The directory, without symbolic links.</summary>
    public string Path { get; }

    /// <summary>
    /// Leases the directory for a service; <see langword="null"/> if the process has ended. Opens no file and waits for nothing: if the
    /// directory is being closed, its next handlers start after that.
    /// </summary>
    /// <param name="setup">What the service asks of the directory.</param>
    /// <param name="isLate">Whether the service was already disposed: it only writes its last records.</param>
    public static DirectoryLease? Lease(SharedSetup setup, bool isLate)
    {
        var key = RealPath.Of(setup.Path);
        ProcessEnd.Observe();
        lock (Gate)
        {
            if (ProcessEnd.HasEnded) return null;
            var open = All.GetValueOrDefault(key);
            if (open is not { _isClosing: false })
                All[key] = open = new SharedDirectory(key, setup, open?._closed.Task ?? Task.CompletedTask);
            var lease = new DirectoryLease(open, setup, isLate);
            open._leases.Add(lease);
            lease.ReportDifferences("configuration", open._setup, () => SharedOptions.Differing(open._setup.Options, setup.Options));
            if (open._setup != setup) lease.ReportTargets(open._setup);
            return lease;
        }
    }

    /// <summary>The open pipeline of a handler, from any service.</summary>
    /// <param name="realPath">The directory, as <see cref="RealPath"/> resolves it.</param>
    /// <param name="handler">The handler's name.</param>
    public static HandlerPipeline? Find(string realPath, string handler)
    {
        lock (Gate) return All.TryGetValue(realPath, out var open) ? open._pipelines.GetValueOrDefault(handler) : null;
    }

    /// <summary>Flushes every directory to the disk, within the timeouts of their services. Throws nothing.</summary>
    public static Task FlushAllAsync() => Task.WhenAll(Snapshot().Select(open => open.FlushAsync(FlushTo.Disk, open.Timeout())));

    /// <summary>Reports what is not written. For a process that is about to end without <see cref="CloseAllAsync"/>.</summary>
    public static void ReportUnwritten()
    {
        foreach (var open in Snapshot())
        {
            foreach (var pipeline in open.Pipelines()) pipeline.ReportUnwritten();
            open._diagnostics.Flush();
        }
    }

    /// <summary>Closes every directory, even if services still use it.</summary>
    public static Task CloseAllAsync() => Task.WhenAll(Snapshot().Select(open => open.CloseAsync(open.Timeout())));

    /// <summary>
    /// Returns the pipeline of a handler, and opens it if necessary; <see langword="null"/> if the directory was closed since it was
    /// leased.
    /// </summary>
    public HandlerPipeline? Open(DirectoryLease lease, HandlerRegistration registration, LogHandlerOptions options)
    {
        lock (Gate)
        {
            if (_isClosing) return null;
            var isFirst = lease.Options.TryAdd(registration.Name, options);
            if (!_pipelines.TryGetValue(registration.Name, out var pipeline))
            {
                pipeline = Make(registration, options, _stage, _diagnostics);
                _pipelines.Add(registration.Name, pipeline);
                pipeline.Start(_ready);
            }
            else if (isFirst && Decides(registration.Name) != lease)
            {
                lease.ReportDifferences(
                    registration.Name, _setup, () => SharedOptions.Differing(registration.Name, pipeline.Options, options));
            }

            return pipeline;
        }
    }

    /// <summary>Returns a pipeline of a handler that is never started.</summary>
    public static HandlerPipeline MakeUnopened(HandlerRegistration registration, LogHandlerOptions options, SharedSetup setup) =>
        Make(registration, options, setup.MakeStage(), setup.Diagnostics);

    /// <summary>Applies the changed options of a service, if it decides them.</summary>
    public void Change(DirectoryLease lease, string handler, LogHandlerOptions options)
    {
        lock (Gate)
        {
            if (!lease.Options.ContainsKey(handler)) return;
            lease.Options[handler] = options;
            if (_leases.Contains(lease)) ApplyDecision(handler);
        }
    }

    /// <summary>Whether the service is the first one that uses the directory.</summary>
    public bool IsFirst(DirectoryLease lease)
    {
        lock (Gate) return _leases.Count > 0 && _leases[0] == lease;
    }

    /// <summary>
    /// Ends a service's use. Returns when its records are in the database, or at the timeout. If the directory closes with it, returns when
    /// it is closed, or at the timeout.
    /// </summary>
    public Task ReleaseAsync(DirectoryLease lease, TimeSpan timeout)
    {
        bool closes;
        lock (Gate)
        {
            if (!_leases.Remove(lease)) return Task.CompletedTask;
            // Decide this together with the removal: a later lease gets the next directory.
            closes = _isClosing || _leases.Count == 0 || (lease.IsHost && !_leases.Exists(other => other.IsHost));
            _isClosing = closes;
            if (!closes) foreach (var handler in lease.Options.Keys) ApplyDecision(handler);
        }

        return closes ? CloseAsync(timeout) : FlushAsync(FlushTo.Database, timeout);
    }

    private static HandlerPipeline Make(
        HandlerRegistration registration, LogHandlerOptions options, ISharedStage stage, SelfDiagnostics diagnostics) =>
        new(registration, () => registration.Share!(stage), options, stage.Time, diagnostics);

    private static SharedDirectory[] Snapshot()
    {
        lock (Gate) return [.. All.Values];
    }

    private HandlerPipeline[] Pipelines()
    {
        lock (Gate) return [.. _pipelines.Values];
    }

    private TimeSpan Timeout()
    {
        lock (Gate) return _leases.Select(lease => lease.ShutdownTimeout).Append(_setup.Options.ShutdownTimeout).Max();
    }

    /// <summary>The service that decides a handler's limits: the first one that uses it.</summary>
    private DirectoryLease? Decides(string handler) => _leases.Find(lease => lease.Options.ContainsKey(handler));

    private void ApplyDecision(string handler)
    {
        var pipeline = _pipelines[handler];
        if (Decides(handler) is not { } lease || lease.Options[handler] == pipeline.Options) return;
        var before = pipeline.Options;
        pipeline.Options = lease.Options[handler];
        pipeline.NotifyChanged(before);
    }

    private async Task FlushAsync(FlushTo target, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout, _setup.Time);
        var flushed = Task.WhenAll(Pipelines().Select(pipeline => pipeline.FlushAsync(target, deadline.Token)));
        // Records that are not in the database yet stay queued or in the journal, and other services continue with them.
        await flushed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Closes the directory, once. Returns when the lock is free, or at the timeout.</summary>
    private async Task CloseAsync(TimeSpan timeout)
    {
        lock (Gate) _isClosing = true;
        // Begin in this thread: that releases callers that wait for space at once.
        if (!Interlocked.Exchange(ref _hasBegunToClose, true)) _ = CloseOnceAsync(timeout);
        await _drained.Task.ConfigureAwait(false);
        if (Array.TrueForAll(Pipelines(), pipeline => pipeline.Ended.IsCompleted)) await _closed.Task.ConfigureAwait(false);
    }

    private async Task CloseOnceAsync(TimeSpan timeout)
    {
        var pipelines = Pipelines();
        await Task.WhenAll(pipelines.Select(pipeline => pipeline.DrainAsync(timeout))).ConfigureAwait(false);
        _drained.SetResult();
        // A handler may run longer than the timeout. Until it ends, nobody else may write its files.
        await Task.WhenAll(pipelines.Select(pipeline => pipeline.Ended)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            _stage.Dispose();
        }
        // Callers that wait for the directory must not wait for ever.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _diagnostics.Report("directory", FailureKind.Permanent, $"'{_setup.Path}' could not be closed", exception);
        }

        _diagnostics.End();
        lock (Gate)
            if (All[Path] == this) All.Remove(Path);
        _closed.SetResult();
    }
}
