using System.Diagnostics.CodeAnalysis;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Compares a configuration section with an options type before it is bound. The binder itself stops at the first error, names neither the
/// full key nor the fix, and ignores unknown keys, a value where a section belongs, and the reverse.
/// </summary>
internal static class ConfigurationCheck
{
    /// <summary>Returns every error in a section, each with its full key, its value and the fix.</summary>
    /// <param name="section">The section.</param>
    /// <param name="type">The type of the options that are bound to it.</param>
    /// <param name="path">The section's path, as messages name it.</param>
    /// <param name="elsewhere">Keys of the section that are checked elsewhere.</param>
    public static IEnumerable<string> Find(
        IConfiguration section, [DynamicallyAccessedMembers(OptionTypes.Kept)] Type type, string path, params string[] elsewhere)
    {
        var options = Options(type);
        foreach (var child in section.GetChildren())
        {
            if (elsewhere.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) continue;
            var key = $"{path}:{child.Key}";
            var errors = !options.TryGetValue(child.Key, out var option)
                ? [$"{key}: there is no such option; known here are {string.Join(", ", options.Keys.Concat(elsewhere).Order())}"]
                : IsNull(child) && CanBeNone(option) ? [] : FindIn(child, option.PropertyType, key);
            foreach (var error in errors) yield return error;
        }
    }

    /// <summary>Returns every error below a key, whatever its type needs: a value, a list or a section.</summary>
    /// <param name="section">The key's section.</param>
    /// <param name="type">The type that is bound to it.</param>
    /// <param name="path">The key's path, as messages name it.</param>
    public static IEnumerable<string> FindIn(IConfigurationSection section, Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (OptionTypes.ValueOfMap(type) is { } value) return FindInMap(section, value, path);
        if (OptionTypes.ItemOfList(type) is { } item) return FindInList(section, item, path);
        if (ScalarTypes.ReaderOf(type) is { } read) return ErrorOfScalar(section, type, read, path) is { } of ? [of] : [];
        return OptionTypes.Section(type) is { } known ? FindInSection(section, known, path) : [Unknown(type, path)];
    }

    /// <summary>Returns every error in a section of options.</summary>
    /// <param name="section">The key's section.</param>
    /// <param name="type">The type of its options.</param>
    /// <param name="path">The key's path, as messages name it.</param>
    public static IEnumerable<string> FindInSection(
        IConfigurationSection section, [DynamicallyAccessedMembers(OptionTypes.Kept)] Type type, string path) =>
        ScalarError(section, $"{path}:{FirstOf(type)}", path) is { } error ? [error] : Find(section, type, path);

    /// <summary>The error of a value where a section belongs; <see langword="null"/> where there is none.</summary>
    /// <param name="section">The key's section.</param>
    /// <param name="use">What to write instead.</param>
    /// <param name="path">The key's path, as messages name it.</param>
    public static string? ScalarError(IConfigurationSection section, string use, string path) =>
        section.Value is { } value ? $"{path}: '{value}' is a value, and a section is expected; use {use}" : null;

    /// <summary>
    /// The options of a type that the configuration can set, by name: properties with a setter, and lists and sections that can be filled.
    /// </summary>
    public static IReadOnlyDictionary<string, PropertyInfo> Options([DynamicallyAccessedMembers(OptionTypes.Kept)] Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => !property.IsDefined(typeof(CodeOnlyAttribute)))
        .Where(property => property.SetMethod is { IsPublic: true } || !OptionTypes.IsScalar(property.PropertyType))
        .ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    private static string FirstOf([DynamicallyAccessedMembers(OptionTypes.Kept)] Type type) => Options(type).Keys.First();

    private static IEnumerable<string> FindInMap(IConfigurationSection section, Type value, string path) =>
        ScalarError(section, $"{path}:<name>", path) is { } error
            ? [error]
            : section.GetChildren().SelectMany(child => FindIn(child, value, $"{path}:{child.Key}"));

    private static IEnumerable<string> FindInList(IConfigurationSection section, Type item, string path)
    {
        // The configuration has an empty list of JSON as an empty text.
        if (section.Value is { Length: > 0 } single)
        {
            return
            [
                $"{path}: '{single}' is a value, and a list is expected; "
                + $"write [ {Sample(item, single)} ], or use {path}:0{Below(item)}",
            ];
        }

        var items = section.GetChildren().ToArray();
        return items.FirstOrDefault(child => !int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } named
            ? [$"{path}:{named.Key}: a list is expected at {path}, and '{named.Key}' is no number; "
                + $"write [ {Sample(item, "…")} ], or use {path}:0{Below(item)}"]
            : items.SelectMany(child => FindIn(child, item, $"{path}:{child.Key}"));
    }

    private static string Sample(Type item, string value) =>
        OptionTypes.IsScalar(item) || OptionTypes.Section(item) is not { } section
            ? $"\"{value}\""
            : $"{{ {string.Join(", ", Options(section).Keys.Select(name => $"\"{name}\": …"))} }}";

    private static string Below(Type item) =>
        OptionTypes.IsScalar(item) || OptionTypes.Section(item) is not { } section ? "" : $":{FirstOf(section)}";

    private static string Unknown(Type type, string path) =>
        $"{path}: a trimmed program cannot bind {type.Name}; use values and lists of values, or bind it yourself, by AddZotify(o => …)";

    private static string? ErrorOfScalar(IConfigurationSection section, Type type, Func<string, object?> read, string path)
    {
        if (section.GetChildren().Any()) return $"{path}: is a section, and a value is expected; use {OptionTypes.Expected(type)}";
        // The binder would turn null into the type's zero, such as false, instead of the option's default.
        if (section.Value is not { } value)
            return $"{path}: it has no value; remove the key for the default, or use {OptionTypes.Expected(type)}";
        if (string.IsNullOrWhiteSpace(value))
            return $"{path}: '{value}' is blank; remove the key for the default, or use {OptionTypes.Expected(type)}";
        return Converts(read, value)
            ? null
            : $"{path}: '{value}' is not valid; use {OptionTypes.Expected(type)}";
    }

    private static bool IsNull(IConfigurationSection section) => section.Value is null && !section.GetChildren().Any();

    private static bool CanBeNone(PropertyInfo option) => option.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(option.PropertyType) is not null
        : !option.IsDefined(typeof(RequiredAttribute)) && !option.IsDefined(typeof(LogFileNameAttribute));

    private static bool Converts(Func<string, object?> read, string value)
    {
        try
        {
            read(value);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }
}
