using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Handlers;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Configuration;

[TestClass]
public sealed class StartTests
{
    private const string Root = "Logging:Zotify:";

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("Handlers:Audit:FlushInterval", "soon")]
    [DataRow("Handlers:Audit:Acknowledge", "Maybe")]
    [DataRow("Handlers:Audit:Path", "../audit.json")]
    [DataRow("Handlers:Audit:RetainedAge", "-1.00:00:00")]
    [DataRow("Handlers:Audit:RetainedSize", "1000")]
    [DataRow("Handlers:Jobs:RetainedAge", "00:00:00")]
    [DataRow("Handlers:Audit:EventTypes:0", "us*er")]
    [DataRow("Handlers:System:ExcludeEventTypes:0", "us*er")]
    [DataRow("Handlers:System:ExcludeEventTypes:0", "2000-1000")]
    [DataRow("Handlers:Audit:Unknown", "1")]
    [DataRow("Handlers:Audit:Path", "zotify_api.log")]
    [DataRow("Handlers:Jobs:Path", "AUDIT.log.json")]
    [DataRow("LogLevel:Shop", "Loud")]
    [DataRow("Handlers:System:Overflow", "Explode")]
    [DataRow("Handlers:System:Format", "Xml")]
    [DataRow("Handlers:System:Format", "2")]
    [DataRow("Handlers:System:MaxFileSize", "-1")]
    [DataRow("Handlers:System:RetainedFiles", "many")]
    [DataRow("Handlers:System:Enabled", "perhaps")]
    [DataRow("Handlers:Jobs:QueueCapacity", "0")]
    [DataRow("Handlers:Jobs:MinimumLevel", "Loud")]
    [DataRow("Handlers:Nobody:Enabled", "true")]
    [DataRow("ShutdownTimeout", "-00:00:01")]
    [DataRow("Database:Provider", "Oracle")]
    [DataRow("Database:Schema", "logs")]
    [DataRow("Database:ConnectionString", "Data")]
    [DataRow("Database:ConnectionString", "Data Source=:memory:")]
    [DataRow("Direktory", "logs")]
    public async Task A_bad_value_stops_the_start_and_is_named_by_its_full_key(string key, string value)
    {
        await using var host = new TestHost((Root + key, value));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        StringAssert.Contains(
            refused.Failures.Single(),
            key.StartsWith("Handlers:Nobody", StringComparison.Ordinal) ? Root + "Handlers:Nobody" : Root + key,
            StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_start_makes_the_options_once()
    {
        var made = 0;
        await using var host = new TestHost { Logging = logging => logging.AddZotify(_ => made++) };
        await host.StartAsync(TestContext.CancellationToken);
        host.Logger().LogInformation("Ready");
        Assert.AreEqual(1, made);
    }

    [TestMethod]
    public async Task A_missing_value_is_named_by_its_full_key()
    {
        await using var host = new TestHost((Root + "Handlers:Audit:HashKeys:0:Id", "key-1"));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        StringAssert.StartsWith(refused.Failures.Single(), Root + "Handlers:Audit:HashKeys:0:Key: ", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("Data Source=logs/zotify.db", DisplayName = "SQLite's default")]
    [DataRow("Server=db;Databse=zotify", DisplayName = "a keyword that there is not")]
    public async Task A_connection_string_is_read_as_its_providers(string connectionString)
    {
        await using var host = new TestHost(
            (Root + "Database:Provider", "SqlServer"), (Root + "Database:ConnectionString", connectionString));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        StringAssert.StartsWith(refused.Failures.Single(), Root + "Database:ConnectionString: ", StringComparison.Ordinal);
        StringAssert.Contains(refused.Failures.Single(), "Server=", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task The_built_in_handlers_are_set_up_in_code_by_their_names()
    {
        await using var host = new TestHost((Root + "Handlers:System:Path", "configured.log"))
        {
            Logging = logging => logging.AddZotify(options =>
            {
                options.System.Path = "app.log";
                options.Audit.Path = "app.audit.json";
                options.Jobs.Path = "app.jobs.json";
            }),
        };
        await host.StartAsync(TestContext.CancellationToken);
        foreach (var name in new[] { "app.log", "app.audit.json", "app.jobs.json" })
            Assert.IsTrue(File.Exists(host.PathOf($"logs/{name}")), name);
        Assert.IsFalse(File.Exists(host.PathOf("logs/configured.log")), "code wins");
    }

    [TestMethod]
    public async Task An_engine_whose_package_is_not_in_use_is_named_with_the_package_and_the_call()
    {
        await using var services = new ServiceCollection().AddLogging(logging => logging.AddZotify(options =>
        {
            options.Directory = "nowhere";
            options.Database.Provider = DatabaseProvider.SqlServer;
            options.Database.ConnectionString = "Server=db;Database=zotify";
        })).BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<ILoggerFactory>());

        var failure = refused.Failures.Single();
        StringAssert.StartsWith(failure, Root + "Database:Provider: 'SqlServer': ", StringComparison.Ordinal);
        Assert.Contains("dotnet add package Zotify.Logging.SqlServer", failure);
        Assert.Contains("builder.Logging.AddZotifySqlServer()", failure);
        Assert.IsFalse(Directory.Exists("nowhere"));
    }

    [TestMethod]
    public async Task All_errors_are_reported_at_once()
    {
        await using var host = new TestHost((Root + "Handlers:Audit:MinimumLevel", "Loud"), (Root + "ShutdownTimeout", "never"));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        Assert.HasCount(2, refused.Failures);
    }

    [TestMethod]
    public async Task A_directory_that_cannot_be_written_stops_the_start()
    {
        await using var host = new TestHost();
        File.WriteAllText(host.PathOf("logs"), "a file");
        var refused = await Assert.ThrowsAsync<LogDirectoryException>(() => host.StartAsync(TestContext.CancellationToken));
        StringAssert.Contains(refused.Message, Root + "Directory", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_holder_of_the_directory_stops_the_start()
    {
        await using var host = new TestHost();
        using var holder = new LogDirectory(host.PathOf("logs"), "the holder", host.Time);
        holder.Open();
        var refused = await Assert.ThrowsAsync<LogDirectoryException>(() => host.StartAsync(TestContext.CancellationToken));
        StringAssert.Contains(refused.Message, host.PathOf("logs"), StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Lists_of_event_types_replace_and_redaction_adds()
    {
        await using var host = await new TestHost((Root + "Handlers:Audit:EventTypes:0", "order.*"), (Root + "Redact:0", "iban"))
            .StartAsync(TestContext.CancellationToken);
        CollectionAssert.AreEqual(new[] { "order.*" }, host.Options.Started.Handler<JsonAuditHandlerOptions>("Audit").EventTypes.ToArray());
        CollectionAssert.IsSubsetOf(new[] { "password", "api_key", "iban" }, host.Options.Started.Redact.ToArray());
    }

    [TestMethod]
    public async Task Code_wins_over_the_configuration()
    {
        await using var host = await new TestHost((Root + "Instance", "configured"))
        {
            Logging = logging => logging.AddZotify(options => options.Instance = "coded"),
        }.StartAsync(TestContext.CancellationToken);
        Assert.AreEqual("coded", host.Options.Started.Instance);
    }
}
