using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>Searches a call for a property or scope value by its name, before anything is copied. Throws nothing.</summary>
internal sealed class ScopeKeySearch
{
    /// <summary>
    /// Reused by the thread's next call, because each log call searches. Empty while it is in use, so that a scope that logs does not share
    /// it.
    /// </summary>
    [ThreadStatic]
    private static ScopeKeySearch? _spare;

    private string _key = "";
    private bool _found;
    private bool _readsValue;
    private object? _value;

    /// <summary>Searches the state, then the scopes. A value of <see langword="null"/> counts.</summary>
    public static bool Finds<TState>(string key, TState state, IExternalScopeProvider scopes)
    {
        var shape = StateShape.Of(StateReader<TState>.OfTemplates, state);
        if (shape is not null && shape.IndexOf(key) >= 0) return true;
        var search = Begin(key, readsValue: false);
        if (shape is null) search.Examine(state);
        if (!search._found) search.ExamineScopes(scopes);
        return search.End(out _);
    }

    /// <summary>
    /// The value's text, as a line of the log has it: from the call's own property, or else from the innermost scope that has it;
    /// <see langword="null"/> where there is none.
    /// </summary>
    public static string? TextOf<TState>(string key, in TState state, IExternalScopeProvider scopes)
    {
        var reader = StateReader<TState>.OfTemplates;
        var shape = StateShape.Of(reader, state);
        var search = Begin(key, readsValue: true);
        if (shape is null) search.Examine(state);
        else if (shape.IndexOf(key) is >= 0 and var at) search._value = ValueAt(reader!, state, at);
        if (search._value is null) search.ExamineScopes(scopes);
        search.End(out var value);
        return value is null or string ? (string?)value : Text(value);
    }

    private static ScopeKeySearch Begin(string key, bool readsValue)
    {
        var search = _spare ?? new ScopeKeySearch();
        _spare = null;
        (search._key, search._found, search._readsValue) = (key, false, readsValue);
        return search;
    }

    private bool End(out object? value)
    {
        (value, _value) = (_value, null);
        _spare = this;
        return _found;
    }

    // Not in the generic methods: the runtime would compile the lambda for each type of states.
    private void ExamineScopes(IExternalScopeProvider scopes) =>
        scopes.ForEachScope(static (scope, search) => search.Examine(scope), this);

    private void Examine(object? values)
    {
        // Scopes come outermost first: the last value is the innermost.
        if (_found && !_readsValue) return;
        try
        {
            if (values is IReadOnlyList<KeyValuePair<string, object?>> list) InList(list);
            else InPairs(values);
        }
        catch (Exception)
        {
            // A state that cannot be enumerated has no reliable value. The records of other handlers show its error.
        }
    }

    private void InList(IReadOnlyList<KeyValuePair<string, object?>> list)
    {
        for (var i = 0; i < Math.Min(list.Count, NamedPairs.MaxValues); i++)
            if (Is(list[i])) return;
    }

    private void InPairs(object? values)
    {
        foreach (var pair in NamedPairs.OfState(values) ?? [])
            if (Is(pair)) return;
    }

    private bool Is(KeyValuePair<string, object?> pair)
    {
        if (pair.Key is null || !PropertyNames.Same(pair.Key, _key)) return false;
        _found = true;
        if (_readsValue && pair.Value is { } value) _value = value;
        return true;
    }

    private static object? ValueAt<TState>(StateReader<TState> reader, in TState state, int index)
    {
        try
        {
            return reader.At(state, index).Value;
        }
        catch (Exception)
        {
            // The call has fewer values than its template has names.
            return null;
        }
    }

    private static string? Text(object value)
    {
        try
        {
            return value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString();
        }
        catch (Exception)
        {
            return null;
        }
    }
}
