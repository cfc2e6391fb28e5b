namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>The run of all subscribers: it exists while there is one. Thread-safe.</summary>
/// <param name="sources">The sources.</param>
/// <param name="time">The clock.</param>
internal sealed class MergedRuns(IReadOnlyList<ILineSource> sources, TimeProvider time)
{
    private readonly Lock _gate = new();
    private MergedRun? _run;
    private int _subscribers;

    /// <summary>Why sources are away, as far as the run knows; all <see langword="null"/> where there is none.</summary>
    public string?[] Away => _run?.States.Select(state => state.Away).ToArray() ?? new string?[sources.Count];

    /// <summary>Where the run is in a source; the source's end where there is no run.</summary>
    public SourcePosition PositionOf(int source) => _run?.PositionOf(source) ?? default;

    /// <summary>Returns the run, which begins at the subscriber's cursor if there was none. Call <see cref="Leave"/> after use.</summary>
    public MergedRun Enter(MergedCursor cursor)
    {
        lock (_gate)
        {
            _subscribers++;
            if (_run is not null) return _run;
            _run = new MergedRun(sources, cursor, time);
            _run.Start();
            return _run;
        }
    }

    /// <summary>Releases the run.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_subscribers > 0) return;
            _run!.Stop();
            _run = null;
        }
    }
}
