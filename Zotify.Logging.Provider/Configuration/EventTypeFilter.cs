using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>
/// The compiled form of <see cref="LogHandlerOptions.EventTypes"/>: names with <c>*</c> at the end, ids and ranges of ids. Immutable.
/// </summary>
internal sealed class EventTypeFilter
{
    private readonly string[] _prefixes;
    private readonly HashSet<string> _names;
    private readonly (int First, int Last)[] _ids;
    private readonly bool _acceptsAll;

    /// <exception cref="FormatException">
    /// An entry is empty, has a <c>*</c> before its end, or is a range that ends before it begins.
    /// </exception>
    public EventTypeFilter(IEnumerable<string> eventTypes)
    {
        var prefixes = new List<string>();
        var ids = new List<(int, int)>();
        _names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in eventTypes)
        {
            if (TryParseIds(entry, out var range)) ids.Add(range);
            else if (string.IsNullOrWhiteSpace(entry)) throw new FormatException("an event type is empty");
            else if (entry.IndexOf('*', StringComparison.Ordinal) is var star && star < 0) _names.Add(entry);
            else if (star == entry.Length - 1) prefixes.Add(entry[..star]);
            else throw new FormatException($"'{entry}': a * is allowed only at the end of an event name");
        }

        _prefixes = [.. prefixes];
        _ids = [.. ids];
        // A single * accepts events without a name as well.
        _acceptsAll = _prefixes.Length + _names.Count + _ids.Length == 0 || prefixes.Contains("");
    }

    /// <summary>Whether an event of this id or name is accepted. Without entries every event is.</summary>
    public bool Accepts(EventId id)
    {
        if (_acceptsAll) return true;
        foreach (var (first, last) in _ids)
            if (id.Id >= first && id.Id <= last) return true;

        if (id.Name is null) return false;
        if (_names.Contains(id.Name)) return true;
        foreach (var prefix in _prefixes)
            if (id.Name.StartsWith(prefix, StringComparison.Ordinal)) return true;

        return false;
    }

    private static bool TryParseIds(string entry, out (int First, int Last) range)
    {
        range = default;
        if (int.TryParse(entry, NumberStyles.Integer, CultureInfo.InvariantCulture, out var id))
        {
            range = (id, id);
            return true;
        }

        var dash = entry.IndexOf('-', 1 > entry.Length ? 0 : 1);
        if (dash < 0
            || !int.TryParse(entry.AsSpan(0, dash), NumberStyles.Integer, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(entry.AsSpan(dash + 1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var last))
            return false;

        if (first > last) throw new FormatException($"'{entry}': the range ends before it begins; write {last}-{first}");
        range = (first, last);
        return true;
    }
}
