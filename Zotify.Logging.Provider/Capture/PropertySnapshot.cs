using Zotify.Logging.Common;

namespace Zotify.Logging.Capture;

/// <summary>Reads the named values of a state or scope, and their template, into a list with unique names.</summary>
internal static class PropertySnapshot
{
    /// <summary>The name by which Microsoft.Extensions.Logging passes the template.</summary>
    public const string TemplateName = "{OriginalFormat}";

    /// <summary>The property that names the exception of a state.</summary>
    public const string StateError = "state_error";

    /// <summary>The property that names the exception of the formatter.</summary>
    public const string FormatterError = "formatter_error";

    /// <summary>The most values of a snapshot. Without a limit, scopes that are never disposed would grow without end.</summary>
    public const int MaxValues = 128;

    /// <summary>The values of <paramref name="state"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Take<TState>(
        in TState state, StateReader<TState>? reader, StateShape? shape, Redactor redactor)
    {
        if (shape?.Values(reader!, state, redactor) is { } values) return values;
        var properties = new List<KeyValuePair<string, object?>>();
        AddTo(properties, state, redactor);
        return properties;
    }

    /// <summary>
    /// Adds the values of <paramref name="state"/>. Of values with one name, the last stays. An exception of the state ends the reading and
    /// leaves a readable marker.
    /// </summary>
    /// <returns>Whether the state has named values at all.</returns>
    public static bool AddTo(List<KeyValuePair<string, object?>> properties, object? state, Redactor redactor)
    {
        var sink = new Sink(properties, redactor);
        return StateValues.Read(state, ref sink, out _);
    }

    /// <summary>Sets a value. Replaces an earlier one with the same name.</summary>
    public static void Set(List<KeyValuePair<string, object?>> properties, string name, object? value)
    {
        var at = IndexOf(properties, name);
        if (at >= 0) properties[at] = new(name, value);
        else if (properties.Count < MaxValues) properties.Add(new(name, value));
    }

    /// <summary>The index of the value with this name; -1 where there is none.</summary>
    public static int IndexOf(List<KeyValuePair<string, object?>> properties, string name)
    {
        for (var i = 0; i < properties.Count; i++)
            if (string.Equals(properties[i].Key, name, StringComparison.Ordinal)) return i;
        return -1;
    }

    private readonly struct Sink(List<KeyValuePair<string, object?>> properties, Redactor redactor) : IStateSink
    {
        public void Add(string name, object? value) =>
            Set(properties, redactor.OfAddresses(TextLimits.Clean(name)), new ValueSnapshot(redactor).Take(name, value));

        public void Template(string? template)
        {
        }

        public void Failed(string error) => Set(properties, StateError, error);
    }
}
