using System.Collections;
using System.Runtime.CompilerServices;
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
            _found = values switch
            {
                IReadOnlyList<KeyValuePair<string, object?>> list => InList(list),
                IEnumerable<KeyValuePair<string, object?>> pairs => pairs.Any(pair => Is(pair.Key)),
                IDictionary dictionary => dictionary.Keys.OfType<string>().Any(Is),
                ITuple { Length: 2 } pair => Is(pair[0] as string),
                null or string => false,
                _ => NamedPairs.Of(values)?.Any(pair => Is(pair.Key)) ?? false,
            };
        }
        catch (Exception)
        {
            // A state that cannot be enumerated has no key that could be relied on; the record of the other handlers says so.
            _found = false;
        }
    }

    private bool InList(IReadOnlyList<KeyValuePair<string, object?>> list)
    {
        for (var i = 0; i < list.Count; i++)
            if (Is(list[i].Key)) return true;
        return false;
    }

    private bool Is(string? name) => name is not null && PropertyNames.Same(name, key);
}
