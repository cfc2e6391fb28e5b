using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Dispatch;

/// <summary>The active overrides of levels, each with the timer that ends it. Thread-safe.</summary>
/// <param name="source">Gets each new list of overrides.</param>
/// <param name="time">The clock of their ends.</param>
internal sealed class LevelOverrides(IDispatchSettingsSource source, TimeProvider time) : IDisposable
{
    /// <summary>The most overrides at once. A call of a lowered level is compared with each.</summary>
    public const int MaxCount = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<LevelOverride, ITimer> _timers = [];
    private IReadOnlyList<LevelOverride> _active = [];
    private bool _isDisposed;

    /// <summary>The active overrides, oldest first.</summary>
    public IReadOnlyList<LevelOverride> Active => Volatile.Read(ref _active);

    /// <inheritdoc cref="LoggingService.Override"/>
    public LevelOverride Add(LevelOverrideMatch match, LogLevel level, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(match);
        match = LevelOverrideCheck.Checked(match);
        LevelOverrideCheck.Check(level);
        LevelOverrideCheck.Check(duration);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(LoggingService));
            if (_active.Count == MaxCount)
            {
                throw new InvalidOperationException(
                    $"{MaxCount} overrides are active, and no more are possible; end one, or let one expire.");
            }

            var added = new LevelOverride(match, level, time.GetUtcNow() + duration, Remove);
            _timers.Add(added, Timer(added, duration));
            Apply([.. _active, added]);
            return added;
        }
    }

    /// <summary>Ends all overrides. No more can be added.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var timer in _timers.Values) timer.Dispose();
            _timers.Clear();
            // The routes need no update: nothing is logged after the end.
            _active = [];
        }
    }

    private ITimer Timer(LevelOverride added, TimeSpan duration)
    {
        // Otherwise the timer would keep the scopes and the activity of the call that added the override, for hours.
        using (ExecutionContext.SuppressFlow())
            return time.CreateTimer(static ended => ((LevelOverride)ended!).Dispose(), added, duration, Timeout.InfiniteTimeSpan);
    }

    private void Remove(LevelOverride ended)
    {
        lock (_gate)
        {
            if (!_timers.Remove(ended, out var timer)) return;
            timer.Dispose();
            Apply([.. _active.Where(active => active != ended)]);
        }
    }

    private void Apply(IReadOnlyList<LevelOverride> active)
    {
        Volatile.Write(ref _active, active);
        source.Override(active);
    }
}
