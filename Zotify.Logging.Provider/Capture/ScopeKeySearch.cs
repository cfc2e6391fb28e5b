using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>Whether a call has a property or scope value of a name, asked before anything is copied.</summary>
internal sealed class ScopeKeySearch
{
    /// <summary>
    /// The last one of the thread, for the next call: each call of a logger asks. While it is in use nobody else has it, not
    /// even a scope that logs.
    /// </summary>
    [ThreadStatic]
    private static ScopeKeySearch? _spare;

    private string _key = "";
    private bool _found;

    /// <summary>Looks in the state, then in the scopes.</summary>
    public static bool Finds<TState>(string key, TState state, IExternalScopeProvider scopes)
    {
        var shape = StateShape.Of(StateReader<TState>.OfTemplates, state);
        if (shape is not null && shape.Has(key)) return true;
        var search = _spare ?? new ScopeKeySearch();
        _spare = null;
        (search._key, search._found) = (key, false);
        if (shape is null) search.Look(state);
        if (!search._found) scopes.ForEachScope(static (scope, search) => search.Look(scope), search);
        _spare = search;
        return search._found;
    }

    private void Look(object? values)
    {
        if (_found) return;
        try
        {
            _found = values is IReadOnlyList<KeyValuePair<string, object?>> list
                ? InList(list)
                : NamedPairs.OfState(values)?.Any(pair => Is(pair.Key)) ?? false;
        }
        catch (Exception)
        {
            // A state that cannot be enumerated has no key that could be relied on; the record of the other handlers says so.
            _found = false;
        }
    }

    private bool InList(IReadOnlyList<KeyValuePair<string, object?>> list)
    {
        for (var i = 0; i < Math.Min(list.Count, NamedPairs.MaxLooks); i++)
            if (Is(list[i].Key)) return true;
        return false;
    }

    private bool Is(string? name) => name is not null && PropertyNames.Same(name, _key);
}
