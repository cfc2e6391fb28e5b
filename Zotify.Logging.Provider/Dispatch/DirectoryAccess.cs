using System.Diagnostics;
using Zotify.Logging.Common;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// A service's access to its log directory. Leases the directory for the first record, and again if it was closed meanwhile. A record that
/// is logged after the service was disposed, such as the last lines of a program after its host, leases the directory for a moment.
/// Thread-safe.
/// </summary>
/// <param name="setup">The service's setup of the directory.</param>
/// <param name="opening">Called before the service leases the directory.</param>
internal sealed class DirectoryAccess(SharedSetup setup, Action opening)
{
    /// <summary>How long a late lease stays after the last late record: long enough for several lines in succession.</summary>
    private static readonly TimeSpan LateLease = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private DirectoryLease? _lease;
    private TimeSpan _shutdownTimeout = setup.Options.ShutdownTimeout;
    private bool _isHost;
    private bool _isDisposed;
    private long _lastLate;

    /// <summary>Whether metrics count the shared pipelines with this service.</summary>
    public bool IsMeasured
    {
        get
        {
            lock (_gate) return _lease?.Directory.IsFirst(_lease) ?? true;
        }
    }

    /// <summary>Called when a host that has the service starts.</summary>
    public void BecomeHost()
    {
        lock (_gate) _isHost = true;
    }

    /// <summary>Opens a handler; returns <see langword="null"/> if that is no longer possible.</summary>
    public HandlerPipeline? Open(HandlerRegistration registration, LogHandlerOptions options)
    {
        lock (_gate)
        {
            if (_isDisposed && !BeginLate()) return null;
            while (true)
            {
                if (_lease is null)
                {
                    if (!_isDisposed) opening();
                    if ((_lease = SharedDirectory.Lease(setup, _isDisposed)) is null) return null;
                    _lease.ShutdownTimeout = _shutdownTimeout;
                }

                _lease.IsHost = _isHost && !_isDisposed;
                if (_lease.Directory.Open(_lease, registration, options) is { } pipeline) return pipeline;
                // The last host has ended, and the directory was closed with it.
                _lease = null;
            }
        }
    }

    /// <summary>The open pipeline of a handler, from any service.</summary>
    public HandlerPipeline? Find(string handler)
    {
        string? leased;
        lock (_gate) leased = _lease?.Directory.Path;
        // To resolve the path takes a system call for each of its folders: too slow for every flush.
        return SharedDirectory.Find(leased ?? RealPath.Of(setup.Path), handler);
    }

    /// <summary>Returns a pipeline of a handler that is never started.</summary>
    public HandlerPipeline Unopened(HandlerRegistration registration, LogHandlerOptions options) =>
        SharedDirectory.MakeUnopened(registration, options, setup);

    /// <summary>Applies the changed options of a handler, if this service decides them.</summary>
    public void Change(string handler, LogHandlerOptions options)
    {
        lock (_gate) _lease?.Directory.Change(_lease, handler, options);
    }

    /// <summary>Sets how long the service's disposal may take.</summary>
    public void Change(TimeSpan shutdownTimeout)
    {
        lock (_gate)
        {
            _shutdownTimeout = shutdownTimeout;
            if (_lease is not null) _lease.ShutdownTimeout = shutdownTimeout;
        }
    }

    /// <summary>Ends the service's use. Returns when its records are in the database, or at the timeout.</summary>
    public Task CloseAsync(TimeSpan timeout)
    {
        DirectoryLease? lease;
        lock (_gate)
        {
            (lease, _lease) = (_lease, null);
            _isDisposed = true;
        }

        return lease is null ? Task.CompletedTask : lease.Directory.ReleaseAsync(lease, timeout);
    }

    /// <summary>
    /// Leases the directory for a record after the disposal. The directory must exist: if somebody deletes it after the end, it must not be
    /// created again.
    /// </summary>
    private bool BeginLate()
    {
        if (!Directory.Exists(setup.Path)) return false;
        _lastLate = Stopwatch.GetTimestamp();
        if (_lease is not null) return true;
        if ((_lease = SharedDirectory.Lease(setup, isLate: true)) is null) return false;
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(EndLateAsync);
        return true;
    }

    private async Task EndLateAsync()
    {
        while (true)
        {
            TimeSpan left;
            lock (_gate) left = LateLease - Stopwatch.GetElapsedTime(_lastLate);
            if (left <= TimeSpan.Zero) break;
            await Task.Delay(left, TimeProvider.System).ConfigureAwait(false);
        }

        await CloseAsync(setup.Options.ShutdownTimeout).ConfigureAwait(false);
    }
}
