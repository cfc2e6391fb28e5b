using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Zotify.Logging.Configuration;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>Every key that the configuration may have, from the types of the options.</summary>
internal static class OptionTree
{
    private const string Root = "Logging:Zotify";

    /// <summary>The keys of all options classes, each with its type.</summary>
    public static IEnumerable<(string Key, Type Type)> All() =>
        Below(Root, typeof(ZotifyLoggingOptions))
            .Concat(Below($"{Root}:Handlers:System", typeof(FileStreamHandlerOptions)))
            .Concat(Below($"{Root}:Handlers:Audit", typeof(JsonAuditHandlerOptions)))
            .Concat(Below($"{Root}:Handlers:Jobs", typeof(DatabaseJobLogHandlerOptions)));

    /// <summary>Whether the key holds one value.</summary>
    public static bool IsValue(Type type) => TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <summary>The type of the items; <see langword="null"/> for a type that is not a list.</summary>
    public static Type? Item(Type type) =>
        type != typeof(string) && type.IsGenericType && ValueOfMap(type) is null && typeof(IEnumerable).IsAssignableFrom(type) ? type.GenericTypeArguments[0] : null;

    /// <summary>The type of the values of a map by name; <see langword="null"/> for a type that is not a map.</summary>
    public static Type? ValueOfMap(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>) ? type.GenericTypeArguments[1] : null;

    /// <summary>Whether the configuration can set the property.</summary>
    public static bool IsOption(PropertyInfo property) => !property.IsDefined(typeof(CodeOnlyAttribute))
        && (property.SetMethod is { IsPublic: true } || !IsValue(property.PropertyType));

    /// <summary>The keys below a section, each with its type.</summary>
    /// <param name="path">The section.</param>
    /// <param name="type">Its options class.</param>
    public static IEnumerable<(string Key, Type Type)> Below(string path, Type type)
    {
        foreach (var option in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsOption))
        {
            var key = $"{path}:{option.Name}";
            yield return (key, option.PropertyType);
            if (ValueOfMap(option.PropertyType) is { } value)
            {
                // Any name will do. All maps have plain values.
                yield return ($"{key}:any", value);
                continue;
            }

            var (inner, below) = Item(option.PropertyType) is { } item ? (item, $"{key}:0") : (option.PropertyType, key);
            if (IsValue(inner)) continue;
            foreach (var nested in Below(below, inner)) yield return nested;
        }
    }
}
