namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Which sources of a run are away. Not thread-safe, but for <see cref="All"/>.</summary>
/// <param name="away">Why sources are away, as far as it is known.</param>
/// <param name="time">The clock.</param>
internal sealed class SourceStates(string?[] away, TimeProvider time)
{
    private volatile SourceState[] _all =
        [.. away.Select(reason => reason is null ? SourceState.Present : new SourceState(reason, time.GetUtcNow()))];

    /// <summary>The states by source. The array is replaced, never changed.</summary>
    public SourceState[] All => _all;

    /// <summary>Takes note of why a source is away, or that it is not. Returns whether that is new.</summary>
    public bool Set(int source, string? away)
    {
        if (_all[source].Away == away) return false;
        var states = (SourceState[])_all.Clone();
        // Another reason does not change since when it is away.
        var since = away is not null && states[source].Away is not null ? states[source].Since : time.GetUtcNow();
        states[source] = new SourceState(away, since);
        _all = states;
        return true;
    }
}
