namespace Zotify.Logging.Capture;

/// <summary>
/// Reads the named values of a state or scope, <see cref="NamedPairs.MaxLooks"/> at most. Throws nothing, whatever the state
/// does.
/// </summary>
internal static class StateValues
{
    /// <summary>Hands every value to the sink.</summary>
    /// <param name="state">The state or scope.</param>
    /// <param name="sink">Takes the values. A struct needs no object for it: scopes are read at every call.</param>
    /// <param name="isWhole">Whether there are no more.</param>
    /// <returns>Whether the state has named values at all.</returns>
    public static bool Read<TSink>(object? state, ref TSink sink, out bool isWhole)
        where TSink : IStateSink
    {
        isWhole = true;
        try
        {
            if (state is IReadOnlyList<KeyValuePair<string, object?>> list)
            {
                isWhole = list.Count <= NamedPairs.MaxLooks;
                for (var i = 0; i < Math.Min(list.Count, NamedPairs.MaxLooks); i++) Add(ref sink, list[i]);
                return true;
            }

            if (NamedPairs.OfState(state) is not { } pairs) return false;
            var looks = 0;
            foreach (var pair in pairs)
            {
                Add(ref sink, pair);
                looks++;
            }

            isWhole = looks < NamedPairs.MaxLooks;
            return true;
        }
        catch (Exception exception)
        {
            sink.Failed($"[{state!.GetType().Name} threw {exception.GetType().Name}]");
            if (LastOf(state) is { Key: PropertySnapshot.TemplateName } template) Add(ref sink, template);
            return true;
        }
    }

    private static void Add<TSink>(ref TSink sink, KeyValuePair<string, object?> pair)
        where TSink : IStateSink
    {
        if (pair.Key == PropertySnapshot.TemplateName) sink.Template(pair.Value as string);
        else sink.Add(pair.Key ?? "", pair.Value);
    }

    /// <summary>
    /// The last value: Microsoft.Extensions.Logging has the template there, which a call with fewer values than names gives all
    /// the same, though it throws for the values that lack.
    /// </summary>
    private static KeyValuePair<string, object?> LastOf(object state)
    {
        try
        {
            return state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 and <= NamedPairs.MaxLooks } list
                ? list[^1]
                : default;
        }
        catch (Exception)
        {
            return default;
        }
    }
}
