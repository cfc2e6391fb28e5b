using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// What subscribers get of a block, and what each filter selects of it, so that a filter that many subscribers have is evaluated once.
/// Thread-safe.
/// </summary>
/// <param name="block">The block.</param>
internal sealed class OpenedBlock(MergedBlock block)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LogBlock<SystemLogEntry>> _selected = [];

    /// <summary>All items.</summary>
    public LogBlock<SystemLogEntry> All { get; } = new LogBlock<SystemLogEntry>("", block.End, new PackedItems(block), block.Size).Share();

    /// <summary>The items that a subscriber wants.</summary>
    public LogBlock<SystemLogEntry> Of(MergedSelection selection)
    {
        if (selection.IsAll) return All;
        lock (_gate)
        {
            if (!_selected.TryGetValue(selection.Key, out var selected))
            {
                var items = All.Items.ToList();
                selected = All.Pick(i => selection.Wants(block.Origins[i].Source, items[i]));
                _selected[selection.Key] = selected;
            }

            return selected;
        }
    }
}
