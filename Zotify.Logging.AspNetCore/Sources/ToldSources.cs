using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>What a client was told of the sources, so that it is told each change once. Used by one thread at a time.</summary>
/// <param name="sources">The sources.</param>
/// <param name="names">The hashes of their names.</param>
/// <param name="selected">Which of them the client wants.</param>
internal sealed class ToldSources(IReadOnlyList<ILineSource> sources, uint[] names, bool[] selected)
{
    private readonly bool[] _isAway = new bool[sources.Count];
    private SourceState[]? _seen;

    /// <summary>The changes since the last call; <see langword="null"/> where there are none.</summary>
    /// <param name="states">The states of the sources; the same array as before has no changes.</param>
    /// <param name="cursor">The client's cursor.</param>
    public LogBlock<SystemLogEntry>? Update(SourceState[] states, string cursor)
    {
        if (states == _seen) return null;
        _seen = states;
        // What is read before this item begins with the line that the client had last.
        var place = MergedCursor.TryParse(cursor, names)!.WithLine(-1).ToString();
        var changes = new List<LogItem<SystemLogEntry>>();
        for (var i = 0; i < states.Length; i++)
        {
            if (!selected[i] || _isAway[i] == states[i].Away is not null) continue;
            _isAway[i] = states[i].Away is not null;
            changes.Add(new SourceChange(place, sources[i].Name, states[i].Away, states[i].Since));
        }

        return changes.Count == 0 ? null : new LogBlock<SystemLogEntry>(place, place, changes, 0);
    }

    /// <summary>The same, of sources that a page could not read.</summary>
    public LogBlock<SystemLogEntry>? Update(string?[] away, DateTimeOffset now, string cursor) =>
        Update([.. away.Select(reason => new SourceState(reason, now))], cursor);
}
