using System.Runtime.CompilerServices;
using Zotify.Logging.Common;
using Zotify.Logging.Records;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Capture;

/// <summary>
/// What the names in a message template say, found out once for the template and not for each call. Only for the states of
/// Microsoft.Extensions.Logging itself, whose names are those of their template. Thread-safe.
/// </summary>
internal sealed class StateShape
{
    /// <summary>
    /// How many are kept: applications have few templates, and one that makes them up at run time must not fill the memory.
    /// A power of two.
    /// </summary>
    private const int Kept = 1_024;

    // Each has one place, which the next one of the same place takes over. A template is a literal: the same object every time.
    private static readonly StateShape?[] Known = new StateShape?[Kept];
    private static readonly StateShape Nameless = new("", []);

    private readonly string[] _names;

    // As a record has them; null where that is not one name for each value.
    private readonly string[]? _properties;

    // Both have few askers, who ask the same each time: the last answer is kept.
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

    /// <summary>The shape of a state; <see langword="null"/> where a template does not tell it.</summary>
    /// <param name="reader">Reads the state; <see langword="null"/> where the names of its type are not those of a template.</param>
    /// <param name="state">The state.</param>
    public static StateShape? Of<TState>(StateReader<TState>? reader, in TState state)
    {
        if (reader?.TemplateOf(state, out var count) is not { } template) return null;
        if (count == 0) return Nameless;
        ref var known = ref Known[RuntimeHelpers.GetHashCode(template) & (Kept - 1)];
        return known is { } shape && ReferenceEquals(shape.Template, template) ? shape : Learn(ref known, template, state, reader, count);
    }

    /// <summary>Whether one of the names is of a value that must not be written.</summary>
    public bool Hides(Redactor redactor) => RedactionBy(redactor).IsAny;

    /// <summary>Whether a property is among the names.</summary>
    public bool Has(string key)
    {
        var search = _search;
        if (search?.Key != key) _search = search = new Search(key, FindOut(key));
        return search.IsFound;
    }

    /// <summary>
    /// The snapshot of a state's values; <see langword="null"/> where they can only be read one by one: names repeat or are
    /// too many, or the state lacks a value.
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

    private static StateShape? Learn<TState>(ref StateShape? place, string template, in TState state, StateReader<TState> reader, int count)
    {
        var names = new string[count];
        try
        {
            for (var i = 0; i < count; i++) names[i] = reader.At(state, i).Key;
        }
        catch (Exception)
        {
            // A call with fewer values than its template has names.
            return null;
        }

        return place = new StateShape(template, names);
    }

    private Redaction RedactionBy(Redactor redactor)
    {
        var redaction = _redaction;
        if (redaction?.Redactor != redactor) _redaction = redaction = new Redaction(redactor, Array.ConvertAll(_names, redactor.Hides));
        return redaction;
    }

    // Apart: what its lambda captures is an object that is made when the method begins, for each call where it is part of the asking.
    private bool FindOut(string key) => Array.Exists(_names, name => PropertyNames.Same(name, key));

    private sealed record Redaction(Redactor Redactor, bool[] Hidden)
    {
        public bool IsAny { get; } = Array.Exists(Hidden, hidden => hidden);
    }

    private sealed record Search(string Key, bool IsFound);
}
