using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>The schema of <c>appsettings.json</c> in the package matches the options classes.</summary>
[TestClass]
public sealed class ConfigurationSchemaTests
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [TestMethod]
    public void The_schema_in_the_package_is_that_of_the_options()
    {
        var actual = Schema().ToJsonString(Indented) + "\n";
        var path = Path.Combine(Folder(), "..", "..", "Zotify.Logging.Provider", "ConfigurationSchema.json");
        if (Environment.GetEnvironmentVariable("ZOTIFY_APPROVE") is "1") File.WriteAllText(path, actual);
        Assert.AreEqual(File.ReadAllText(path), actual, "Set ZOTIFY_APPROVE=1 for one run to approve the change.");
    }

    /// <summary>The schema as the options classes are.</summary>
    internal static JsonObject Schema()
    {
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(LoggingService).Assembly.Location, ".xml"));
        var handlers = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["System"] = SchemaOf.Section(typeof(FileStreamHandlerOptions), documentation),
                ["Audit"] = SchemaOf.Section(typeof(JsonAuditHandlerOptions), documentation),
                ["Jobs"] = SchemaOf.Section(typeof(DatabaseJobLogHandlerOptions), documentation),
            },
            // Handlers of the application have their own options.
            ["additionalProperties"] = new JsonObject { ["type"] = "object" },
        };
        var levels = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] =
                new JsonObject { ["enum"] = new JsonArray("Trace", "Debug", "Information", "Warning", "Error", "Critical", "None") },
        };
        // The packages check their keys themselves.
        static JsonObject Of(string package) =>
            new() { ["type"] = "object", ["description"] = $"The options of the package Zotify.Logging.{package}." };
        var zotify = SchemaOf.Section(
            typeof(ZotifyLoggingOptions), documentation, ("Handlers", handlers), ("LogLevel", levels), ("Otlp", Of("Otlp")), ("S3", Of("S3")));
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["Logging"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["Zotify"] = zotify } },
            },
        };
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
