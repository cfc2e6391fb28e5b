using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Provider.Capture;

/// <summary>
/// What the names in a message template say, found out once for the template and not for each call. Only for the states of
/// Microsoft.Extensions.Logging itself, whose names are those of their template. Thread-safe.
/// </summary>
internal sealed class StateShape
{
    /// <summary>Applications have few templates; one that makes them up at run time must not fill the memory.</summary>
    private const int CacheLimit = 4_096;

    // A template is a literal: the same object every time.
    private static readonly ConcurrentDictionary<string, StateShape> Known = new(ReferenceEqualityComparer.Instance);
    private static readonly StateShape Nameless = new([]);

    private readonly string[] _names;

    // Both have few askers, who ask the same each time: the last answer is kept.
    private Answer? _hides;
    private Answer? _has;

    private StateShape(string[] names) => _names = names;

    /// <summary>The shape of a state; <see langword="null"/> where a template does not tell it.</summary>
    public static StateShape? Of<TState>(TState state)
    {
        if (StateReader<TState>.Instance is not { } reader || typeof(TState).Assembly != typeof(ILogger).Assembly) return null;
        // The template is the last of the values. The others are left alone: each look at a number would make an object of it.
        var last = reader.Count(state) - 1;
        if (last < 0 || reader.At(state, last) is not { Key: PropertySnapshot.TemplateName, Value: string template }) return null;
        if (last == 0) return Nameless;
        return Known.TryGetValue(template, out var shape) ? shape : Learn(template, state, reader, last);
    }

    /// <summary>Whether one of the names is of a value that must not be written.</summary>
    public bool Hides(Redactor redactor) => Ask(ref _hides, redactor, static (name, asker) => ((Redactor)asker).Hides(name));

    /// <summary>Whether a property is among the names.</summary>
    public bool Has(string key) => Ask(ref _has, key, static (name, asker) => PropertyNames.Same(name, (string)asker));

    private static StateShape? Learn<TState>(string template, TState state, StateReader<TState> reader, int count)
    {
        try
        {
            var shape = new StateShape([.. Enumerable.Range(0, count).Select(i => reader.At(state, i).Key)]);
            if (Known.Count < CacheLimit) Known.TryAdd(template, shape);
            return shape;
        }
        catch (Exception)
        {
            // A call with fewer values than its template has names.
            return null;
        }
    }

    private bool Ask(ref Answer? last, object asker, Func<string, object, bool> question)
    {
        var answer = last;
        if (answer is not null && ReferenceEquals(answer.Asker, asker)) return answer.IsYes;
        answer = new Answer(asker, Array.Exists(_names, name => question(name, asker)));
        last = answer;
        return answer.IsYes;
    }

    private sealed record Answer(object Asker, bool IsYes);
}
