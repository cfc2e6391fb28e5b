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

    /// <summary>
    /// Returns the run where a subscriber can join it at its cursor, or will soon, and where none runs and the subscriber is only a moment
    /// behind: then one begins there. Otherwise <see langword="null"/>. Call <see cref="Leave"/> after use.
    /// </summary>
    public MergedRun? TryEnter(MergedCursor cursor, bool[] wanted)
    {
        lock (_gate)
        {
            var mayEnter = _run is null
                ? time.GetUtcNow() - cursor.Time < MergedRun.Reach
                : _run.IsAhead(cursor) || _run.Find(cursor, wanted) is not null;
            return mayEnter ? Enter(cursor, wanted, new string?[sources.Count]) : null;
        }
    }

    /// <summary>Returns the run, which begins at the subscriber's cursor if there was none. Call <see cref="Leave"/> after use.</summary>
    /// <param name="cursor">The subscriber's cursor.</param>
    /// <param name="wanted">The sources that it wants. In the others, a new run begins at their ends.</param>
    /// <param name="away">Why sources are away, as far as the subscriber knows.</param>
    public MergedRun Enter(MergedCursor cursor, bool[] wanted, string?[] away)
    {
        lock (_gate)
        {
            _subscribers++;
            return _run ??= Start(cursor.Clone(), wanted, away);
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

    private MergedRun Start(MergedCursor start, bool[] wanted, string?[] away)
    {
        for (var i = 0; i < wanted.Length; i++)
        {
            if (!wanted[i]) start[i] = default;
        }

        var run = new MergedRun(sources, start, away, time);
        run.Start();
        return run;
    }
}
