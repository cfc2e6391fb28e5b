using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Holds a configuration section against an options type before it is bound, because the binder stops at the first
/// fault, names neither the full key nor the fix, and passes over keys that nobody reads.
/// </summary>
internal static class ConfigurationCheck
{
    /// <summary>Finds keys that no option has, and values that do not convert.</summary>
    /// <param name="section">The section.</param>
    /// <param name="type">The options type.</param>
    /// <param name="path">The section's path below <see cref="ConfigurationKeys.Root"/>.</param>
    /// <param name="elsewhere">Keys that others read.</param>
    public static IEnumerable<string> Find(IConfiguration section, Type type, string path, params string[] elsewhere)
    {
        var options = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsBound).ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (elsewhere.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) continue;
            var key = path.Length == 0 ? child.Key : $"{path}:{child.Key}";
            var faults = options.TryGetValue(child.Key, out var option)
                ? FindIn(child, option.PropertyType, key)
                : [$"{ConfigurationKeys.Full(key)}: there is no such option; known here are {string.Join(", ", options.Keys.Order())}"];
            foreach (var fault in faults) yield return fault;
        }
    }

    /// <summary>Finds values that do not convert in a section of levels by category, whose reader names no key.</summary>
    public static IEnumerable<string> FindInLevels(IConfigurationSection levels, string path) => FindIn(levels, typeof(Dictionary<string, LogLevel>), path);

    /// <summary>As the binder has it: what can be set, and lists and objects that are there to be filled.</summary>
    private static bool IsBound(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } || !TypeDescriptor.GetConverter(property.PropertyType).CanConvertFrom(typeof(string));

    private static string NameOf(PropertyInfo property) => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    private static IEnumerable<string> FindIn(IConfigurationSection section, Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ItemType(type) is { } item)
        {
            return section.Value is { Length: > 0 } single
                ? [$"{ConfigurationKeys.Full(path)}: '{single}' is not a list; write [ \"{single}\" ], or the key {ConfigurationKeys.Full(path)}:0"]
                : section.GetChildren().SelectMany(child => FindIn(child, item, $"{path}:{child.Key}"));
        }

        var converter = TypeDescriptor.GetConverter(type);
        if (!converter.CanConvertFrom(typeof(string))) return Find(section, type, path);
        if (section.GetChildren().Any()) return [$"{ConfigurationKeys.Full(path)}: takes {Expected(type)}, not a section"];
        return section.Value is null || Converts(converter, section.Value)
            ? []
            : [$"{ConfigurationKeys.Full(path)}: '{section.Value}' is not valid; use {Expected(type)}"];
    }

    private static Type? ItemType(Type type) =>
        type.IsArray ? type.GetElementType()
        : type != typeof(string) && type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GenericTypeArguments[^1]
        : null;

    private static bool Converts(TypeConverter converter, string value)
    {
        try
        {
            converter.ConvertFromInvariantString(value);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }

    private static string Expected(Type type) => type switch
    {
        { IsEnum: true } => string.Join(" or ", Enum.GetNames(type)),
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a time span such as 00:00:30 or 30.00:00:00",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ => $"a {type.Name}",
    };
}
