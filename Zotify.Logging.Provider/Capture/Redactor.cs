using System.Collections.Concurrent;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>Decides by name which values are never written. Thread-safe.</summary>
internal sealed class Redactor(IReadOnlyList<string> names)
{
    /// <summary>The text in place of a redacted value.</summary>
    public const string Mark = "[REDACTED]";

    /// <summary>Applications have few distinct names. One that generates names at run time must not fill the memory.</summary>
    private const int CacheLimit = 4_096;

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>The names it was made from.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Whether the name equals or ends with one of the redacted names, compared by <see cref="PropertyNames"/>.</summary>
    public bool Hides(string name) => _known.TryGetValue(name, out var hidden) ? hidden : FindOut(name);

    /// <summary>The same without remembering the name: a text may have any number of them.</summary>
    public bool HidesOnce(string name) => names.Any(ending => PropertyNames.EndsWith(name, ending));

    // A method of its own: the lambda's closure is allocated where its method begins. In Hides, that would be for every name.
    private bool FindOut(string name)
    {
        var hidden = HidesOnce(name);
        if (_known.Count < CacheLimit) _known.TryAdd(name, hidden);
        return hidden;
    }
}
