using System.Collections.Concurrent;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>Which properties' values are never written, by name. Thread-safe.</summary>
internal sealed class Redactor(IReadOnlyList<string> names)
{
    /// <summary>What stands in the place of a redacted value.</summary>
    public const string Mark = "[REDACTED]";

    /// <summary>Applications have few distinct names; one that makes names up at run time must not fill the memory.</summary>
    private const int CacheLimit = 4_096;

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>The names it was made from.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Whether the name is, or ends with, one of the redacted names; they compare as <see cref="PropertyNames"/> says.</summary>
    public bool Hides(string name) => _known.TryGetValue(name, out var hidden) ? hidden : FindOut(name);

    // Apart: what its lambda captures is an object that is made when the method begins, for each name that is asked for
    // where it is part of the asking.
    private bool FindOut(string name)
    {
        var hidden = names.Any(ending => PropertyNames.EndsWith(name, ending));
        if (_known.Count < CacheLimit) _known.TryAdd(name, hidden);
        return hidden;
    }
}
