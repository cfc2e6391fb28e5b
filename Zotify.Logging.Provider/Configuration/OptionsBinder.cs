using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Sets options from a section in which <see cref="ConfigurationCheck"/> found no error. In a program that is not trimmed, Microsoft's
/// binder does it, for options of any type. In a trimmed program that binder finds no members, and this class does the same for values,
/// lists, maps and sections.
/// </summary>
internal static class OptionsBinder
{
    /// <summary>Sets the options that the section has.</summary>
    public static void Bind(IConfiguration section, object options, [DynamicallyAccessedMembers(OptionTypes.Kept)] Type type)
    {
        if (TrimmedProgram.BindsAnyType) section.Bind(options);
        else BindKept(section, options, type);
    }

    /// <summary>Does the same in a trimmed program.</summary>
    /// <exception cref="InvalidOperationException">A list or dictionary is null, so that nothing can be added to it.</exception>
    internal static void BindKept(IConfiguration section, object options, [DynamicallyAccessedMembers(OptionTypes.Kept)] Type type)
    {
        var known = ConfigurationCheck.Options(type);
        foreach (var child in section.GetChildren())
        {
            if (known.TryGetValue(child.Key, out var option)) Set(child, options, option);
        }
    }

    private static void Set(IConfigurationSection child, object options, PropertyInfo option)
    {
        var type = option.PropertyType;
        if (ScalarTypes.ReaderOf(type) is { } read)
        {
            if (child.Value is { } text) option.SetValue(options, read(text));
        }
        else if (OptionTypes.ValueOfMap(type) is { } value)
        {
            var map = option.GetValue(options) as IDictionary ?? throw Absent(child.Path);
            foreach (var entry in child.GetChildren()) map[entry.Key] = Item(entry, value);
        }
        else if (OptionTypes.ItemOfList(type) is { } item)
        {
            object?[] items = [.. child.GetChildren().Select(entry => Item(entry, item))];
            if (items.Length > 0) Add(items, child.Path, options, option);
        }
        else if (OptionTypes.Section(type) is { } section)
        {
            var inner = option.GetValue(options) ?? Activator.CreateInstance(section)!;
            BindKept(child, inner, section);
            if (option.CanWrite) option.SetValue(options, inner);
        }
    }

    private static object? Item(IConfigurationSection entry, Type type)
    {
        if (ScalarTypes.ReaderOf(type) is { } read) return entry.Value is { } text ? read(text) : null;
        var section = OptionTypes.Section(type)!;
        var item = Activator.CreateInstance(section)!;
        BindKept(entry, item, section);
        return item;
    }

    /// <summary>Adds to an existing list, as Microsoft's binder does.</summary>
    private static void Add(object?[] items, string path, object options, PropertyInfo option)
    {
        var list = option.GetValue(options) as IList;
        if (option.PropertyType.IsArray)
        {
            var before = list?.Count ?? 0;
            var array = Array.CreateInstanceFromArrayType(option.PropertyType, before + items.Length);
            list?.CopyTo(array, 0);
            for (var i = 0; i < items.Length; i++) array.SetValue(items[i], before + i);
            option.SetValue(options, array);
            return;
        }

        if (list is null or { IsFixedSize: true } && option.PropertyType.IsAssignableFrom(typeof(List<string>)))
            option.SetValue(options, list = new List<string>(list?.Cast<string>() ?? []));
        if (list is null or { IsFixedSize: true })
            throw Absent(path);
        foreach (var item in items) list.Add(item);
    }

    private static InvalidOperationException Absent(string path) =>
        new(
            $"{path}: a trimmed program only adds to a list or dictionary that is there; give the option an empty one, in the options "
                + "class");
}
