using System.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// A service's way to its log directory: leases it with the first record, and again where it was closed meanwhile. What is logged after
/// the service was disposed, such as the last lines of a program after its host, leases the directory for a moment. Thread-safe.
/// </summary>
/// <param name="setup">What the service asks of the directory.</param>
/// <param name="opening">Called before the service leases the directory.</param>
internal sealed class DirectoryAccess(SharedSetup setup, Action opening)
{
    /// <summary>How long a late lease outlives the last late record: long enough for lines that follow each other.</summary>
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

    /// <summary>The service belongs to a host that starts.</summary>
    public void BecomeHost()
    {
        lock (_gate) _isHost = true;
    }

    /// <summary>Opens a handler; <see langword="null"/> where that is not possible any more.</summary>
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
                // The last host has left, and the directory closed with it.
                _lease = null;
            }
        }
    }

    /// <summary>The open pipeline of a handler, whichever service opened it.</summary>
    public HandlerPipeline? Find(string handler) => SharedDirectory.Find(setup.Path, handler);

    /// <summary>A pipeline of a handler that nobody starts.</summary>
    public HandlerPipeline Unopened(HandlerRegistration registration, LogHandlerOptions options) =>
        SharedDirectory.MakeUnopened(registration, options, setup);

    /// <summary>Applies the changed options of a handler, as far as this service decides.</summary>
    public void Change(string handler, LogHandlerOptions options)
    {
        lock (_gate) _lease?.Directory.Change(_lease, handler, options);
    }

    /// <summary>How long the service's disposal may take from now on.</summary>
    public void Change(TimeSpan shutdownTimeout)
    {
        lock (_gate)
        {
            _shutdownTimeout = shutdownTimeout;
            if (_lease is not null) _lease.ShutdownTimeout = shutdownTimeout;
        }
    }

    /// <summary>Ends the service's use; within the timeout, what it logged is in the database.</summary>
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
    /// A record came after the disposal. Its directory must exist: somebody who deletes a directory after the end must not find it again.
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
