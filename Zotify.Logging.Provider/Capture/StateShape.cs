using System.Runtime.CompilerServices;
using Zotify.Logging.Common;
using Zotify.Logging.Records;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Capture;

/// <summary>
/// The facts about the names in a message template, computed once a template instead of once a call. Only for the states of
/// Microsoft.Extensions.Logging itself, whose names come from their template. Thread-safe.
/// </summary>
internal sealed class StateShape
{
    /// <summary>
    /// The size of the cache, a power of two. Applications have few templates; one that generates them at run time must not fill the
    /// memory.
    /// </summary>
    private const int CacheSize = 1_024;

    // Direct-mapped cache: a collision evicts. A template is usually a literal, so it is the same object every time.
    private static readonly StateShape?[] Known = new StateShape?[CacheSize];
    private static readonly StateShape Nameless = new("", []);

    private readonly string[] _names;

    // The names as a record has them; null where names repeat or are too many.
    private readonly string[]? _properties;

    // The last answers. Few callers ask, and each asks the same every time.
    private Redaction? _redaction;
    private Search? _search;

    private StateShape(string template, string[] names)
    {
        Template = template;
        _names = names;
        var properties = Array.ConvertAll(names, TextLimits.Clean);
        if (names.Length <= PropertySnapshot.MaxValues && properties.Distinct(StringComparer.Ordinal).Count() == names.Length)
            _properties = properties;
    }

    /// <summary>The template.</summary>
    public string Template { get; }

    /// <summary>The shape of a state; <see langword="null"/> where it does not follow from a template.</summary>
    /// <param name="reader">Reads the state; <see langword="null"/> where the names of its type do not come from a template.</param>
    /// <param name="state">The state.</param>
    public static StateShape? Of<TState>(StateReader<TState>? reader, in TState state)
    {
        if (reader?.TemplateOf(state, out var count) is not { } template) return null;
        if (count == 0) return Nameless;
        ref var known = ref Known[RuntimeHelpers.GetHashCode(template) & (CacheSize - 1)];
        return known is { } shape && ReferenceEquals(shape.Template, template) ? shape : Learn(ref known, template, state, reader, count);
    }

    /// <summary>Whether one of the names is redacted.</summary>
    public bool Hides(Redactor redactor) => RedactionBy(redactor).IsAny;

    /// <summary>The index of the value with a name, compared by <see cref="PropertyNames"/>; -1 where there is none.</summary>
    public int IndexOf(string key)
    {
        var search = _search;
        if (search?.Key != key) _search = search = new Search(key, FindOut(key));
        return search.Index;
    }

    /// <summary>
    /// The snapshot of a state's values; <see langword="null"/> where names repeat or are too many, or the state lacks a value. Then they
    /// must be read one by one.
    /// </summary>
    public Pair[]? Values<TState>(StateReader<TState> reader, in TState state, Redactor redactor)
    {
        if (_properties is null) return null;
        var hidden = RedactionBy(redactor).Hidden;
        var values = new Pair[_properties.Length];
        try
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = new(_properties[i], hidden[i] ? Redactor.Mark : new ValueSnapshot(redactor).Take(reader.At(state, i).Value));
            return values;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static StateShape? Learn<TState>(ref StateShape? slot, string template, in TState state, StateReader<TState> reader, int count)
    {
        var names = new string[count];
        try
        {
            for (var i = 0; i < count; i++) names[i] = reader.At(state, i).Key;
        }
        catch (Exception)
        {
            // The call has fewer values than its template has names.
            return null;
        }

        return slot = new StateShape(template, names);
    }

    private Redaction RedactionBy(Redactor redactor)
    {
        var redaction = _redaction;
        if (redaction?.Redactor != redactor) _redaction = redaction = new Redaction(redactor, _names);
        return redaction;
    }

    // A method of its own: the lambda's closure is allocated where its method begins. In IndexOf, that would be for each call.
    private int FindOut(string key) => Array.FindIndex(_names, name => PropertyNames.Same(name, key));

    private sealed class Redaction
    {
        public Redaction(Redactor redactor, string[] names)
        {
            Redactor = redactor;
            Hidden = new bool[names.Length];
            for (var i = 0; i < names.Length; i++) IsAny |= Hidden[i] = redactor.Hides(names[i]);
        }

        public Redactor Redactor { get; }

        public bool[] Hidden { get; }

        public bool IsAny { get; }
    }

    private sealed record Search(string Key, int Index);
}
