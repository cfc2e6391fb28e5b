using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Web.Configuration;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>
/// The blocks of JSON in the documents: those of the configuration are valid settings, the others are JSON. Nothing is opened: a host that
/// does not start leaves no trace.
/// </summary>
[TestClass]
public sealed class JsonBlockTests
{
    private static readonly string[] Settings = ["\"Logging\"", "\"Zotify\""];

    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [TestMethod]
    public void They_are_JSON_and_those_of_the_configuration_are_valid()
    {
        var faults = new List<string>();
        foreach (var block in Documents.Blocks("json", "jsonc"))
        {
            try
            {
                Check(block);
            }
            catch (Exception fault) when (fault is JsonException or OptionsValidationException or InvalidOperationException)
            {
                faults.Add($"{block}: {fault.Message}");
            }
        }

        Assert.AreEqual("", string.Join('\n', faults));
    }

    private static void Check(DocumentedBlock block)
    {
        // As it is written into a file: a section alone is put into the file's object.
        var text = Settings.Any(name => block.Text.StartsWith(name, StringComparison.Ordinal)) ? $"{{{block.Text}}}" : block.Text;
        using var json = JsonDocument.Parse(text, WithComments);
        var names = json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.EnumerateObject().Select(one => one.Name).ToArray() : [];
        if (!names.Contains("Logging") && !names.Contains("Zotify")) return;
        using var folder = new TemporaryFolder();
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = folder.Path });
        builder.Configuration.AddJsonStream(file);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddZotify().AddZotifySqlServer().AddHandler<SlackHandler>("Slack");
        if (names.Contains("Logging") && text.Contains("\"Otlp\"", StringComparison.Ordinal)) builder.Logging.AddZotifyOtlp();
        if (names.Contains("Logging") && text.Contains("\"S3\"", StringComparison.Ordinal)) builder.Logging.AddZotifyS3();
        using var host = builder.Build();
        // The first logger validates, and throws what the start would throw.
        _ = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("");
        ProgramConfiguration.Read(builder.Configuration);
    }

    /// <summary>The options of the handler that the documents have as an example.</summary>
    internal sealed class SlackOptions : LogHandlerOptions
    {
        public string Webhook { get; set; } = "";
    }

    private sealed class SlackHandler : BaseLogHandler<SlackOptions>
    {
        protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken) => default;
    }
}
