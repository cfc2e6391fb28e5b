using Zotify.Logging.Common;

namespace Zotify.Logging.Capture;

/// <summary>Reads the named values of a state or scope, and their template, into a list with unique names.</summary>
internal static class PropertySnapshot
{
    /// <summary>The name under which Microsoft.Extensions.Logging hands the template along.</summary>
    public const string TemplateName = "{OriginalFormat}";

    /// <summary>The most values that are taken; scopes that are never disposed of would grow without end.</summary>
    public const int MaxValues = 128;

    /// <summary>The values of <paramref name="state"/>, and its template where it has one.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Take<TState>(in TState state, StateReader<TState>? reader, StateShape? shape, Redactor redactor, out string? template)
    {
        template = shape?.Template;
        if (shape?.Values(reader!, state, redactor) is { } values) return values;
        var properties = new List<KeyValuePair<string, object?>>();
        AddTo(properties, state, redactor, ref template);
        return properties;
    }

    /// <summary>
    /// Adds the values of <paramref name="state"/>. Of equal names the last value stays. What the state throws ends the
    /// reading and leaves a readable mark.
    /// </summary>
    /// <returns>Whether the state has named values at all.</returns>
    public static bool AddTo(List<KeyValuePair<string, object?>> properties, object? state, Redactor redactor, ref string? template)
    {
        try
        {
            if (state is IReadOnlyList<KeyValuePair<string, object?>> list)
            {
                for (var i = 0; i < Math.Min(list.Count, NamedPairs.MaxLooks); i++) Add(properties, list[i], redactor, ref template);
                return true;
            }

            if (NamedPairs.OfState(state) is not { } pairs) return false;
            foreach (var pair in pairs) Add(properties, pair, redactor, ref template);
            return true;
        }
        catch (Exception exception)
        {
            Set(properties, "state_error", $"[{state!.GetType().Name} threw {exception.GetType().Name}]");
            return true;
        }
    }

    /// <summary>Sets a value; of equal names the last one stays.</summary>
    public static void Set(List<KeyValuePair<string, object?>> properties, string name, object? value)
    {
        var at = IndexOf(properties, name);
        if (at >= 0) properties[at] = new(name, value);
        else if (properties.Count < MaxValues) properties.Add(new(name, value));
        // Beyond the limit too it must be known that the message may hold what must not be written.
        else if (MessageSnapshot.Hides(value)) properties.Add(new(name, Redactor.Mark));
        else if (MessageSnapshot.IsCut(value)) properties.Add(new(name, ValueSnapshot.Cut));
    }

    /// <summary>Where the value of a name is; -1 where it is not.</summary>
    public static int IndexOf(List<KeyValuePair<string, object?>> properties, string name)
    {
        for (var i = 0; i < properties.Count; i++)
            if (string.Equals(properties[i].Key, name, StringComparison.Ordinal)) return i;
        return -1;
    }

    private static void Add(List<KeyValuePair<string, object?>> properties, KeyValuePair<string, object?> value, Redactor redactor, ref string? template)
    {
        if (value.Key == TemplateName)
        {
            template = value.Value as string;
            return;
        }

        var name = TextLimits.Clean(value.Key ?? "");
        Set(properties, name, new ValueSnapshot(redactor).Take(name, value.Value));
    }
}
