using System.Runtime.CompilerServices;

namespace Zotify.Logging.Provider.Capture;

/// <summary>
/// What the names in a message template say, found out once for the template and not for each call. Only for the states of
/// Microsoft.Extensions.Logging itself, whose names are those of their template. Thread-safe.
/// </summary>
internal sealed class StateShape
{
    /// <summary>How many are kept: applications have few templates, and one that makes them up at run time must not fill the memory. A power of two.</summary>
    private const int Kept = 1_024;

    // Each has one place, which the next one of the same place takes over. A template is a literal: the same object every time.
    private static readonly StateShape?[] Known = new StateShape?[Kept];
    private static readonly StateShape Nameless = new("", []);

    private readonly string _template;
    private readonly string[] _names;

    // Both have few askers, who ask the same each time: the last answer is kept.
    private Answer? _hides;
    private Answer? _has;

    private StateShape(string template, string[] names)
    {
        _template = template;
        _names = names;
    }

    /// <summary>The shape of a state; <see langword="null"/> where a template does not tell it.</summary>
    /// <param name="reader">Reads the state; <see langword="null"/> where the names of its type are not those of a template.</param>
    /// <param name="state">The state.</param>
    public static StateShape? Of<TState>(StateReader<TState>? reader, in TState state)
    {
        if (reader?.TemplateOf(state, out var count) is not { } template) return null;
        if (count == 0) return Nameless;
        ref var known = ref Known[RuntimeHelpers.GetHashCode(template) & (Kept - 1)];
        return known is { } shape && ReferenceEquals(shape._template, template) ? shape : Learn(ref known, template, state, reader, count);
    }

    /// <summary>Whether one of the names is of a value that must not be written.</summary>
    public bool Hides(Redactor redactor) => Ask(ref _hides, redactor, static (name, asker) => ((Redactor)asker).Hides(name));

    /// <summary>Whether a property is among the names.</summary>
    public bool Has(string key) => Ask(ref _has, key, static (name, asker) => PropertyNames.Same(name, (string)asker));

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

    private bool Ask(ref Answer? last, object asker, Func<string, object, bool> question)
    {
        var answer = last;
        if (answer is null || !ReferenceEquals(answer.Asker, asker)) last = answer = FindOut(asker, question);
        return answer.IsYes;
    }

    // Apart: what its lambda captures is an object that is made when the method begins, for each call where it is part of the asking.
    private Answer FindOut(object asker, Func<string, object, bool> question) => new(asker, Array.Exists(_names, name => question(name, asker)));

    private sealed record Answer(object Asker, bool IsYes);
}
