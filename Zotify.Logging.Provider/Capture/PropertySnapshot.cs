using System.Collections;
using System.Runtime.CompilerServices;

namespace Zotify.Logging.Provider.Capture;

/// <summary>Reads the named values of a state or scope, and their template, into a list with unique names.</summary>
internal static class PropertySnapshot
{
    /// <summary>The name under which Microsoft.Extensions.Logging hands the template along.</summary>
    public const string TemplateName = "{OriginalFormat}";

    /// <summary>The most values that are taken; scopes that are never disposed of would grow without end.</summary>
    public const int MaxValues = 128;

    /// <summary>
    /// Adds the values of <paramref name="state"/>. Of equal names the last value stays. What the state throws ends the
    /// reading and leaves a readable mark.
    /// </summary>
    /// <returns>Whether the state has named values at all.</returns>
    public static bool AddTo(List<KeyValuePair<string, object?>> properties, object? state, Redactor redactor, ref string? template)
    {
        try
        {
            switch (state)
            {
                case IReadOnlyList<KeyValuePair<string, object?>> list:
                    for (var i = 0; i < list.Count; i++) Add(properties, list[i], redactor, ref template);
                    return true;
                case IEnumerable<KeyValuePair<string, object?>> values:
                    foreach (var value in values) Add(properties, value, redactor, ref template);
                    return true;
                case IDictionary dictionary:
                    foreach (DictionaryEntry entry in dictionary)
                        Add(properties, new(entry.Key.ToString() ?? "", entry.Value), redactor, ref template);
                    return true;
                case ITuple { Length: 2 } value when value[0] is string name:
                    Add(properties, new(name, value[1]), redactor, ref template);
                    return true;
                default:
                    if (state is null || NamedPairs.Of(state) is not { } pairs) return false;
                    foreach (var pair in pairs) Add(properties, pair, redactor, ref template);
                    return true;
            }
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
        var at = properties.FindIndex(p => string.Equals(p.Key, name, StringComparison.Ordinal));
        if (at >= 0) properties[at] = new(name, value);
        else if (properties.Count < MaxValues) properties.Add(new(name, value));
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
