using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Which items a subscriber wants. Immutable, thread-safe.</summary>
/// <param name="query">The filters.</param>
/// <param name="sources">The sources that it wants.</param>
internal sealed class MergedSelection(SystemLogQuery query, bool[] sources)
{
    private readonly SystemLogFilter _filter = new(query, null);

    /// <summary>The sources that it wants, by number.</summary>
    public bool[] Sources => sources;

    /// <summary>Whether it wants everything.</summary>
    public bool IsAll { get; } = new SystemLogFilter(query, null).IsEmpty && !sources.Contains(false);

    /// <summary>The same text for all selections that want the same.</summary>
    public string Key { get; } = $"{string.Concat(sources.Select(isWanted => isWanted ? '1' : '0'))}{RemoteQuery.OfFilters(query)}";

    /// <summary>Whether it wants an item of a source.</summary>
    public bool Wants(int source, LogItem<SystemLogEntry> item) => sources[source] && _filter.Matches(item);
}
