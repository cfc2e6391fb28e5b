namespace Zotify.Logging.Capture;

/// <summary>
/// Reads the named values of a state or scope, <see cref="NamedPairs.MaxValues"/> at most. Never throws, whatever the state does.
/// </summary>
internal static class StateValues
{
    /// <summary>Passes every value to the sink.</summary>
    /// <param name="state">The state or scope.</param>
    /// <param name="sink">Receives the values. May be a struct, to save an object: scopes are read at every call.</param>
    /// <param name="isWhole">Whether these were all values.</param>
    /// <returns>Whether the state has named values at all.</returns>
    public static bool Read<TSink>(object? state, ref TSink sink, out bool isWhole)
        where TSink : IStateSink
    {
        isWhole = true;
        try
        {
            if (state is IReadOnlyList<KeyValuePair<string, object?>> list)
            {
                isWhole = list.Count <= NamedPairs.MaxValues;
                for (var i = 0; i < Math.Min(list.Count, NamedPairs.MaxValues); i++) Add(ref sink, list[i]);
                return true;
            }

            if (NamedPairs.OfState(state) is not { } pairs) return false;
            var read = 0;
            foreach (var pair in pairs)
            {
                Add(ref sink, pair);
                read++;
            }

            isWhole = read < NamedPairs.MaxValues;
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
    /// The last value, where Microsoft.Extensions.Logging has the template. A call with fewer values than names still returns it, although
    /// it throws for the missing values.
    /// </summary>
    private static KeyValuePair<string, object?> LastOf(object state)
    {
        try
        {
            return state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 and <= NamedPairs.MaxValues } list
                ? list[^1]
                : default;
        }
        catch (Exception)
        {
            return default;
        }
    }
}
