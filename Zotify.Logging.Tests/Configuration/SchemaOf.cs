using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>The JSON schema (draft-07, which editors read) of options classes, with the text of their documentation comments.</summary>
internal static partial class SchemaOf
{
    /// <summary>The schema of a section.</summary>
    /// <param name="type">The options class.</param>
    /// <param name="documentation">The XML documentation of its assembly.</param>
    /// <param name="further">Further keys of the section.</param>
    public static JsonObject Section(Type type, XDocument documentation, params (string Name, JsonNode Schema)[] further)
    {
        var properties = new JsonObject();
        foreach (var (option, defaults) in Options(type)) properties[option.Name] = Option(option, defaults, documentation);
        foreach (var (name, schema) in further) properties[name] = schema;
        var section = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        var required = Options(type).Where(given => given is { Default: "" } && given.Option.IsDefined(typeof(RequiredAttribute))).ToList();
        if (required.Count > 0) section["required"] = new JsonArray([.. required.Select(given => (JsonNode)given.Option.Name)]);
        return section;
    }

    private static IEnumerable<(PropertyInfo Option, object? Default)> Options(Type type)
    {
        var defaults = Activator.CreateInstance(type);
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(OptionTree.IsOption)
            .OrderBy(option => option.Name, StringComparer.Ordinal).Select(option => (option, option.GetValue(defaults)));
    }

    private static JsonObject Option(PropertyInfo option, object? value, XDocument documentation)
    {
        var schema = OptionTree.ValueOfMap(option.PropertyType) is { } named
            ? new JsonObject { ["type"] = "object", ["additionalProperties"] = OptionTree.IsValue(named)
                ? Value(named, isNullable: false)
                : Section(named, documentation) }
            : OptionTree.Item(option.PropertyType) is { } item
            ? new JsonObject { ["type"] = "array", ["items"] = OptionTree.IsValue(item) ? Value(item, isNullable: false) : Section(item, documentation) }
            : OptionTree.IsValue(option.PropertyType) ? Value(
                option.PropertyType, IsNullable(option)) : Section(option.PropertyType, documentation);
        if (Summary(option, documentation) is { } summary) schema["description"] = summary;
        if (option.GetCustomAttribute<RangeAttribute>() is { Minimum: not string } range)
        {
            schema["minimum"] = JsonNode.Parse($"{range.Minimum}");
            // A range of doubles means by this that it has no end.
            if (range.Maximum is not (double)long.MaxValue) schema["maximum"] = JsonNode.Parse($"{range.Maximum}");
        }

        if (value is not (null or "") && OptionTree.IsValue(option.PropertyType)) schema["default"] = Default(value);
        if (value is IEnumerable<string> texts && texts.Any()) schema["default"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]);
        return schema;
    }

    private static bool IsNullable(PropertyInfo option) => option.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(option.PropertyType) is not null
        : new NullabilityInfoContext().Create(option).WriteState == NullabilityState.Nullable;

    private static JsonObject Value(Type type, bool isNullable)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var name = bare == typeof(bool) ? "boolean" : bare == typeof(int) || bare == typeof(long) ? "integer" : "string";
        var schema = new JsonObject { ["type"] = isNullable ? new JsonArray(name, "null") : name };
        if (bare.IsEnum) schema["enum"] = new JsonArray([.. Enum.GetNames(bare).Select(value => (JsonNode)value)]);
        return schema;
    }

    private static JsonNode Default(object value) => value switch
    {
        bool truth => truth,
        int number => number,
        long number => number,
        _ => value.ToString()!,
    };

    private static string? Summary(PropertyInfo option, XDocument documentation)
    {
        var member = $"P:{option.DeclaringType!.FullName}.{option.Name}";
        var summary = documentation.Descendants("member")
            .FirstOrDefault(candidate => candidate.Attribute("name")?.Value == member)?.Element("summary");
        if (summary is null) return null;
        var text = string.Concat(summary.Nodes().Select(node => node is XElement element
            ? element.Attribute("langword")?.Value ?? element.Attribute("cref")?.Value.Split('.')[^1] ?? element.Value
            : ((XText)node).Value));
        return Spaces().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
