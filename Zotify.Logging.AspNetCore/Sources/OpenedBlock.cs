using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The items of a block as objects, made when the first subscriber needs them, and what each filter selects of them, so that a filter that
/// many subscribers have is evaluated once. Thread-safe.
/// </summary>
/// <param name="block">The block.</param>
internal sealed class OpenedBlock(MergedBlock block)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LogBlock<SystemLogEntry>> _selected = [];
    private LogBlock<SystemLogEntry>? _all;

    /// <summary>All items.</summary>
    public LogBlock<SystemLogEntry> All
    {
        get
        {
            // Who comes meanwhile needs the same objects, and waits for them.
            lock (_gate) return _all ??= block.Read();
        }
    }

    /// <summary>The items that a subscriber wants.</summary>
    public LogBlock<SystemLogEntry> Of(MergedSelection selection)
    {
        var all = All;
        if (selection.IsAll) return all;
        lock (_gate)
        {
            if (!_selected.TryGetValue(selection.Key, out var selected))
            {
                selected = all.Pick(i => selection.Wants(block.Origins[i].Source, all.Items[i]));
                _selected[selection.Key] = selected;
            }

            return selected;
        }
    }
}
