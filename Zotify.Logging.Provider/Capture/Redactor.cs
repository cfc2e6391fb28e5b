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

    // Objects instead of truth values: the runtime has compiled code for a dictionary of objects, and would compile it anew for bool.
    private static readonly object Hidden = new();
    private static readonly object Shown = new();

    private readonly ConcurrentDictionary<string, object> _known = new(StringComparer.Ordinal);
    private Func<string, string>? _ofAddresses;

    /// <summary>The names it was made from.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Removes the redacted values from the query strings in a text that has no names.</summary>
    public Func<string, string> OfAddresses => _ofAddresses ??= text => QueryStringRedaction.Apply(text, this);

    /// <summary>Whether the name equals or ends with one of the redacted names, compared by <see cref="PropertyNames"/>.</summary>
    public bool Hides(string name) => _known.TryGetValue(name, out var known) ? known == Hidden : FindOut(name);

    /// <summary>The same without remembering the name: a text may have any number of them.</summary>
    public bool HidesOnce(string name)
    {
        var bare = name.AsSpan();
        // Forms name the values of an object in brackets: user[password], and those of a list token[] or token[0].
        if (bare is [.., ']' or ')' or '}']) bare = bare.TrimEnd("[](){}'\"0123456789");
        for (var i = 0; i < names.Count; i++)
            if (PropertyNames.EndsWith(bare, names[i])) return true;
        return false;
    }

    private bool FindOut(string name)
    {
        var hidden = HidesOnce(name);
        if (_known.Count < CacheLimit) _known.TryAdd(name, hidden ? Hidden : Shown);
        return hidden;
    }
}
