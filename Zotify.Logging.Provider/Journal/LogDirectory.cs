using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>
/// The directory that only this process writes. Opened once, by its first user. While it is open, a lock that somebody deletes is created
/// again. Thread-safe.
/// </summary>
/// <param name="path">The absolute path.</param>
/// <param name="owner">This process's name for <c>zotify.owner</c>, so that a second process can name the holder of the lock.</param>
/// <param name="time">The clock of the owner file, of the wait for the lock, and of the checks of it.</param>
/// <param name="lockTimeout">How long <see cref="OpenAsync"/> waits for another process to free the lock, from its first call on.</param>
internal sealed class LogDirectory(string path, string owner, TimeProvider time, TimeSpan lockTimeout = default) : IDisposable
{
    private static readonly TimeSpan LockRetryInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How often the lock is checked. A process that starts within this time after it was deleted may get the directory.</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    /// <summary>A separate file: a lock on a log would shut out its readers.</summary>
    private const string LockName = "zotify.lock";
    private const string OwnerName = "zotify.owner";

    /// <summary>The name of the file with the state of alerts.</summary>
    public const string AlertsName = "zotify.alerts";

    /// <summary>The name that such a file gets where it cannot be read.</summary>
    public const string UnreadAlertsName = AlertsName + ".unread";

    /// <summary>The names that the directory itself needs, whatever is logged.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [LockName, OwnerName, OwnerName + ".new", AlertsName, AlertsName + ".new", UnreadAlertsName];

    /// <summary>The locks that this process holds, each with its path and the name of its holder.</summary>
    private static readonly ConcurrentDictionary<FileIdentity, string> Held = new();

    private readonly Lock _gate = new();
    private FileStream? _lock;
    private FileIdentity _lockIdentity;
    private ITimer? _watch;
    private Action<string> _report = _ => { };
    private bool _isLost;
    private long? _firstTriedAt;
    private bool _waitIsReported;

    /// <summary>The absolute path.</summary>
    public string Path { get; } = path;

    /// <summary>Creates the directory where it is missing, and locks it, once. The system frees a dead holder's lock.</summary>
    /// <exception cref="LogDirectoryException">The directory cannot be written, or another process holds it.</exception>
    public void Open()
    {
        if (TryOpen() is { } held) throw held;
    }

    /// <summary>
    /// Does what <see cref="Open"/> does, but while another process holds the lock, tries again until the lock timeout has passed.
    /// </summary>
    /// <param name="report">Reports, once each, that it waits and for which process, and later that the lock was deleted.</param>
    /// <param name="closing">Ends the wait.</param>
    /// <exception cref="LogDirectoryException">
    /// The directory cannot be written, or another process still holds it at the end of the wait.
    /// </exception>
    public async Task OpenAsync(Action<string> report, CancellationToken closing)
    {
        lock (_gate) _report = report;
        while (TryOpen() is { } held)
        {
            if (closing.IsCancellationRequested || WaitLeft() is not { } left) throw held;
            ReportWait(report);
            await Task.Delay(left < LockRetryInterval ? left : LockRetryInterval, time, closing)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes the lock, unless it is held already. Returns the error where another process holds it.</summary>
    private LogDirectoryException? TryOpen()
    {
        lock (_gate)
        {
            if (_lock is not null) return null;
            try
            {
                OwnFile.CreateDirectory(Path);
                if (TryTake() is { } held) return held;
                // The timer must not keep the scopes and the activity of the call that started it.
                using (ExecutionContext.SuppressFlow())
                    _watch = time.CreateTimer(_ => Watch(), null, WatchInterval, Timeout.InfiniteTimeSpan);
                return null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new LogDirectoryException(
                    $"Logging:Zotify:Directory: '{Path}' cannot be written ({exception.Message}); "
                    + "name a directory that this user may write.", exception);
            }
        }
    }

    /// <summary>
    /// Makes sure that no other process can take the directory: creates the lock again where somebody deleted it. Call it before a file is
    /// created in place of one that was taken away, because another process may have the directory by then. Does nothing while it is
    /// closed.
    /// </summary>
    /// <exception cref="LogDirectoryException">Another process has taken it. A later call tries again.</exception>
    /// <exception cref="IOException">The lock cannot be examined or created.</exception>
    /// <exception cref="UnauthorizedAccessException">The lock may not be created.</exception>
    public void EnsureHeld()
    {
        lock (_gate)
        {
            if (_lock is not { } deleted || FileIdentity.OfName(FilePath(LockName)) == _lockIdentity) return;
            var former = _lockIdentity;
            OwnFile.CreateDirectory(Path);
            if (TryTake() is { } held)
            {
                if (!_isLost) _report($"the lock of '{Path}' was deleted, and another process has taken it since: {held.Message}");
                _isLost = true;
                throw held;
            }

            Held.TryRemove(former, out _);
            deleted.Dispose();
            _isLost = false;
            _report($"the lock of '{Path}' was deleted while this process held it, and is made again");
        }
    }

    /// <summary>The absolute path of a file of this directory.</summary>
    public string FilePath(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// What the last holder of a directory wrote about itself; <see langword="null"/> where there was none, or it cannot be read.
    /// </summary>
    public static string? ReadOwner(string directory)
    {
        try
        {
            return File.ReadAllText(System.IO.Path.Combine(directory, OwnerName)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Frees the lock.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _watch?.Dispose();
            if (_lock is not null) Held.TryRemove(_lockIdentity, out _);
            _lock?.Dispose();
            _lock = null;
        }
    }

    private void Watch()
    {
        try
        {
            EnsureHeld();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next writer finds out, and reports it.
        }

        lock (_gate)
        {
            // From now on, and not from when it was due: a clock that leaps must not cause a check for each second of the leap.
            if (_lock is not null) _watch?.Change(WatchInterval, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The remaining time to wait for the lock; <see langword="null"/> when it has passed.</summary>
    private TimeSpan? WaitLeft()
    {
        lock (_gate)
        {
            _firstTriedAt ??= time.GetTimestamp();
            var left = lockTimeout - time.GetElapsedTime(_firstTriedAt.Value);
            return left > TimeSpan.Zero ? left : null;
        }
    }

    private void ReportWait(Action<string> report)
    {
        lock (_gate)
        {
            if (_waitIsReported) return;
            _waitIsReported = true;
        }

        report($"'{Path}' is written by another process ({Holder()}); waiting up to {lockTimeout} for its lock");
    }

    /// <summary>Takes the lock and writes this process's name next to it. Returns the error where another process holds it.</summary>
    private LogDirectoryException? TryTake()
    {
        var file = FilePath(LockName);
        FileStream taken;
        try
        {
            taken = OwnFile.OpenOrCreate(file, FileShare.None, unlinks: true);
        }
        catch (IOException exception) when (File.Exists(file) && exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            if (FileIdentity.OfName(file) is { } identity && Held.TryGetValue(identity, out var other))
            {
                // For example a directory that is mounted twice.
                return new LogDirectoryException(
                    $"Logging:Zotify:Directory: '{Path}' is already written by this process, as {other}; "
                    + "use the same path everywhere.", exception);
            }

            var waited = lockTimeout > TimeSpan.Zero ? $", and did not free it within {lockTimeout} (Logging:Zotify:LockTimeout)" : "";
            return new LogDirectoryException(
                $"Logging:Zotify:Directory: '{Path}' is written by another process ({Holder()}){waited}; "
                + "give each process a directory of its own.", exception);
        }

        try
        {
            var since = time.GetUtcNow();
            OwnFile.Replace(
                FilePath(OwnerName),
                Encoding.UTF8.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{owner}, process {Environment.ProcessId}, since {since:yyyy-MM-dd'T'HH:mm:ss'Z'}\n")));
            (_lock, _lockIdentity) = (taken, FileIdentity.Of(taken.SafeFileHandle));
            Held[_lockIdentity] = $"'{Path}' ({owner})";
            return null;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private string Holder() => ReadOwner(Path) ?? "unknown";
}
