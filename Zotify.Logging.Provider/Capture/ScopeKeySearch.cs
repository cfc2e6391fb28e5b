using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>Searches a call for a property or scope value by its name, before anything is copied.</summary>
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

    /// <summary>Searches the state, then the scopes.</summary>
    public static bool Finds<TState>(string key, TState state, IExternalScopeProvider scopes)
    {
        var shape = StateShape.Of(StateReader<TState>.OfTemplates, state);
        if (shape is not null && shape.Has(key)) return true;
        var search = _spare ?? new ScopeKeySearch();
        _spare = null;
        (search._key, search._found) = (key, false);
        if (shape is null) search.Examine(state);
        if (!search._found) scopes.ForEachScope(static (scope, search) => search.Examine(scope), search);
        _spare = search;
        return search._found;
    }

    private void Examine(object? values)
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
            // A state that cannot be enumerated has no reliable key. The records of other handlers show its error.
            _found = false;
        }
    }

    private bool InList(IReadOnlyList<KeyValuePair<string, object?>> list)
    {
        for (var i = 0; i < Math.Min(list.Count, NamedPairs.MaxValues); i++)
            if (Is(list[i].Key)) return true;
        return false;
    }

    private bool Is(string? name) => name is not null && PropertyNames.Same(name, _key);
}
