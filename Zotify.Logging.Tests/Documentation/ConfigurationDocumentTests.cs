using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Configuration;
using Zotify.Logging.Web.Configuration;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>The tables of <c>docs/configuration.md</c> are those of the options classes, with the text of their documentation.</summary>
[TestClass]
public sealed partial class ConfigurationDocumentTests
{
    private static readonly string[] BuiltIn = ["System", "Audit", "Jobs"];

    [TestMethod]
    public void The_tables_are_those_of_the_options()
    {
        var schema = ConfigurationSchemaTests.Schema();
        var zotify = schema["properties"]!["Logging"]!["properties"]!["Zotify"]!["properties"]!.AsObject();
        var handlers = zotify["Handlers"]!["properties"]!.AsObject();
        var every = OptionTree.Below("", typeof(LogHandlerOptions)).Select(option => option.Key[1..]).ToHashSet();
        var text = new StringBuilder();
        Table(text, "All of it, below `Logging:Zotify`", Rows(zotify, key => key is not ("Handlers" or "LogLevel" or "Otlp" or "S3")));
        Table(text, "Every handler", Rows(handlers["System"]!["properties"]!.AsObject(), every.Contains, key => Defaults(handlers, key)));
        foreach (var name in BuiltIn)
            Table(text, $"The handler {name}", Rows(handlers[name]!["properties"]!.AsObject(), key => !every.Contains(key)));
        Table(text, "The program, below `Zotify`", Rows(Of(typeof(ProgramOptions)), _ => true));
        Table(text, "OpenTelemetry, below `Logging:Zotify:Otlp`", Rows(Of(typeof(OtlpOptions)), _ => true));
        Table(text, "An archive in S3, below `Logging:Zotify:S3`", Rows(Of(typeof(S3Options)), _ => true));
        text.Append('\n');
        GeneratedPart.AssertIs("docs/configuration.md", "generated", text.ToString());
    }

    private static JsonObject Of(Type type)
    {
        var documentation = Documentation(type);
        // Some options of the program are the library's.
        documentation.Root!.Add(Documentation(typeof(LoggingService)).Root!.Elements());
        documentation.Root!.Add(Documentation(typeof(ZotifyLogsEndpointRouteBuilderExtensions)).Root!.Elements());
        return SchemaOf.Section(type, documentation)["properties"]!.AsObject();
    }

    private static XDocument Documentation(Type type) => XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml"));

    private static void Table(StringBuilder text, string title, IEnumerable<string> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {title}\n\n| key | default | |\n|---|---|---|\n");
        foreach (var row in rows) text.Append(row).Append('\n');
    }

    private static IEnumerable<string> Rows(JsonObject options, Func<string, bool> isShown, Func<string, string>? defaults = null) =>
        options.Where(option => isShown(option.Key)).SelectMany(option => Rows(option.Key, option.Value!, defaults));

    private static IEnumerable<string> Rows(string key, JsonNode option, Func<string, string>? defaults)
    {
        var (below, path) = option["properties"] is { } section
            ? (section, key)
            : option["additionalProperties"] is JsonObject named
                ? (named["properties"], $"{key}:<name>")
                : (option["items"]?["properties"], $"{key}:<n>");
        // Options change at run time, except for those that say otherwise.
        var text = (option["description"]?.ToString() ?? "").Replace("|", "\\|", StringComparison.Ordinal)
            .Replace(" Changes at run time.", "", StringComparison.Ordinal)
            .Replace("Takes effect at the next start.", "*Next start.*", StringComparison.Ordinal);
        if (below is null) return [$"| `{key}` | {defaults?.Invoke(key) ?? Default(option)} | {text} |"];
        return below.AsObject().SelectMany(inner => Rows($"{path}:{inner.Key}", inner.Value!, null));
    }

    /// <summary>The default of an option that every handler has, for each of the built-in ones where they differ.</summary>
    private static string Defaults(JsonObject handlers, string key)
    {
        var all = BuiltIn.Select(name => (Name: name, Default: Default(handlers[name]!["properties"]![key]!))).GroupBy(one => one.Default).ToArray();
        return all.Length == 1
            ? all[0].Key
            : string.Join("; ", all.Select(same => $"{string.Join(", ", same.Select(one => one.Name))} {same.Key}"));
    }

    private static string Default(JsonNode option) => option["default"] switch
    {
        null => "–",
        JsonArray texts => string.Join(", ", texts.Select(text => $"`{text}`")),
        var one when one.GetValueKind() == JsonValueKind.Number =>
            long.Parse(one.ToString(), CultureInfo.InvariantCulture).ToString("#,0", CultureInfo.InvariantCulture),
        // A folder of this machine.
        var one when Path.IsPathRooted(one.ToString()) => "–",
        var one => $"`{Fraction().Replace(one.ToJsonString().Trim('"'), "")}`",
    };

    [GeneratedRegex(@"(?<=:\d\d\.\d+?)0+$")]
    private static partial Regex Fraction();
}
