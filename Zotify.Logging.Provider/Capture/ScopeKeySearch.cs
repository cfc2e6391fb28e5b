using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Provider.Capture;

/// <summary>Whether a call has a property or scope value of a name, asked before anything is copied.</summary>
internal sealed class ScopeKeySearch(string key)
{
    private bool _found;

    /// <summary>Looks in the state, then in the scopes.</summary>
    public static bool Finds(string key, object? state, IExternalScopeProvider scopes)
    {
        var search = new ScopeKeySearch(key);
        search.Look(state);
        if (!search._found) scopes.ForEachScope(static (scope, search) => search.Look(scope), search);
        return search._found;
    }

    private void Look(object? values)
    {
        if (_found) return;
        try
        {
            _found = values is IReadOnlyList<KeyValuePair<string, object?>> list ? InList(list) : NamedPairs.OfState(values)?.Any(pair => Is(pair.Key)) ?? false;
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

    private bool Is(string? name) => name is not null && PropertyNames.Same(name, key);
}
