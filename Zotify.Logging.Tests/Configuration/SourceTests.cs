using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zotify.Logging.Configuration;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>The values of <c>Zotify:Sources</c>.</summary>
[TestClass]
public sealed class SourceTests
{
    private const string Source = "Zotify:Sources:0";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("Zotify:Sources", "elsewhere", "Zotify:Sources: 'elsewhere' is a value, and a list is expected")]
    [DataRow("Zotify:Sources:Directory", "elsewhere", "Zotify:Sources:Directory: a list is expected at Zotify:Sources")]
    [DataRow($"{Source}", "elsewhere", $"{Source}: 'elsewhere' is a value, and a section is expected")]
    [DataRow($"{Source}:Directory", "", $"{Source}:Directory: ''")]
    [DataRow($"{Source}:Directory", "logs", $"{Source}:Directory: 'logs': this process's own directory")]
    [DataRow($"{Source}:Directory", "./logs/../logs/", $"{Source}:Directory: './logs/../logs/': this process's own directory")]
    [DataRow($"{Source}:Directory", ".", $"{Source}:Directory: '.': this process's own directory")]
    [DataRow($"{Source}:Direktory", "app", $"{Source}:Direktory: there is no such option; known here are ")]
    [DataRow($"{Source}:AuditPath", "../audit.log.json", $"{Source}:AuditPath: '../audit.log.json'")]
    [DataRow($"{Source}:SystemPath", "/var/log/zotify_api.log", $"{Source}:SystemPath: '/var/log/zotify_api.log'")]
    [DataRow($"{Source}:Instance", "01234567890123456789012345678901234567890123456789012345678901234", $"{Source}:Instance: '0123456789")]
    [DataRow($"{Source}:Instance", "m1/reader", $"{Source}:Instance: 'm1/reader': this process has the same name")]
    [DataRow("Zotify:Sources:1:Directory", "other", "Zotify:Sources:1: one source can be read")]
    public async Task A_source_that_cannot_be_read_stops_the_start_and_is_named_by_its_full_key(string key, string value, string fault)
    {
        (string, string?)[] whole = key == $"{Source}:Directory" ? [] : [($"{Source}:Directory", "app/logs")];
        await using var host = new TestHost([.. whole, ("Logging:Zotify:Instance", "m1/reader"), (key, value)]);
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));
        StringAssert.StartsWith(refused.Failures.Single(), fault, StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("0:Name=web-2", "Zotify:Sources:0:Directory: '': the log directory of the other process is expected")]
    [DataRow("0:Name=web-2|0:Directory=a|0:Url=http://web-2", "Zotify:Sources:0: it has a Directory and a Url; keep the one")]
    [DataRow("0:Url=http://web-2:8080", "Zotify:Sources:0:Name: a name is expected for a source with a Url; use the other process's")]
    [DataRow("0:Name=web-2|0:Url=web-2:8080", "Zotify:Sources:0:Url: 'web-2:8080': the address of the other instance is expected, such as http://")]
    [DataRow("0:Name=web-2|0:Url=ftp://web-2", "Zotify:Sources:0:Url: 'ftp://web-2/': the address of the other instance is expected")]
    [DataRow("0:Name=web-2|0:Url=http://u:pass@web-2", "Zotify:Sources:0:Url: 'http://web-2/': the address may hold no user or password")]
    [DataRow("0:Name=web-2|0:Url=http://web-2?api_key=pass", "Zotify:Sources:0:Url: 'http://web-2/': the address may hold no query")]
    [DataRow("0:Name=web-2|0:Url=http://web-2|0:ApiKey=pass\npass", "Zotify:Sources:0:ApiKey: it holds characters that no header may have")]
    [DataRow("0:Name=web-2|0:Directory=a|0:ApiKey=pass", "Zotify:Sources:0:ApiKey: a key is used only with a Url; remove it")]
    [DataRow("0:Name=web-2|0:Url=http://a|1:Name=WEB-2|1:Url=http://b", "Zotify:Sources:1:Name: 'WEB-2': Zotify:Sources:0 has the same name")]
    [DataRow("0:Name=m1/reader|0:Url=http://a", "Zotify:Sources:0:Name: 'm1/reader': this process has the same name")]
    [DataRow("0:Name=a\u0007|0:Url=http://a", "Zotify:Sources:0:Name: 'a\u0007': it holds a control character")]
    [DataRow("0:Directory=a|1:Name=b|1:Url=http://b", "Zotify:Sources:0:Instance: it is expected where other sources have names")]
    [DataRow("0:Name=b|0:Directory=logs", "Zotify:Sources:0:Directory: 'logs': this process's own directory")]
    public async Task A_merged_source_that_is_not_valid_stops_the_start_and_no_secret_is_shown(string settings, string fault)
    {
        var all = settings.Split('|').Select(setting => setting.Split('=', 2)).Select(pair => ($"Zotify:Sources:{pair[0]}", (string?)pair[1]));
        await using var host = new TestHost([("Logging:Zotify:Instance", "m1/reader"), .. all]);
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));
        StringAssert.StartsWith(refused.Failures.Single(), fault, StringComparison.Ordinal);
        Assert.DoesNotContain("pass\n", refused.Message);
        Assert.DoesNotContain("=pass", refused.Message);
        Assert.DoesNotContain(":pass", refused.Message);
    }

    [TestMethod]
    public async Task Merged_sources_are_read_besides_the_own_log()
    {
        await using var host = await new TestHost(
            ("Logging:Zotify:Instance", "m1/app"), ($"{Source}:Name", "web-2"), ($"{Source}:Url", "https://web-2/ops/api/logs/"),
            ($"{Source}:ApiKey", "key"), ("Zotify:Sources:1:Name", "shop"), ("Zotify:Sources:1:Directory", "../shop"),
            ("Zotify:Sources:1:SystemPath", "shop.log")).StartAsync(Cancellation);
        var sources = host.Services.GetRequiredService<LogSources>();
        Assert.AreEqual(("m1/app", false), (sources.Primary.Instance, sources.Primary.IsSidecar));
        Assert.AreEqual(new MergedSource("web-2", null, new Uri("https://web-2/ops/"), "key"), sources.Merged[0]);
        Assert.AreEqual(new MergedSource("shop", Path.GetFullPath("../shop/shop.log", host.Root), null, null), sources.Merged[1]);
        Assert.DoesNotContain("key", sources.Merged[0].ToString());
        // Its tables are its own: it keeps them as long as without sources.
        Assert.AreEqual(TimeSpan.FromDays(30), host.Options.Started.Handler<DatabaseJobLogHandlerOptions>("Jobs").RetainedAge);
    }

    [TestMethod]
    public async Task A_file_is_no_source()
    {
        await using var host = new TestHost(($"{Source}:Directory", "app"));
        await File.WriteAllTextAsync(host.PathOf("app"), "", Cancellation);
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));
        Assert.AreEqual($"{Source}:Directory: 'app': a directory is expected, not a file", refused.Failures.Single());
    }

    [TestMethod]
    public async Task A_source_need_not_be_there_and_its_files_may_have_other_names()
    {
        await using var host = await new TestHost(
            ($"{Source}:Directory", "../elsewhere/app"), ($"{Source}:SystemPath", "sub/app.log"), ($"{Source}:AuditPath", "a.json"),
            ($"{Source}:JobsPath", "j.json")).StartAsync(Cancellation);
        var source = host.Services.GetRequiredService<LogSource>();
        Assert.AreEqual(
            new LogSource(Path.GetFullPath("../elsewhere/app", host.Root), "sub/app.log", "a.json", "j.json", null, IsSidecar: true),
            source);
        Assert.IsFalse(Directory.Exists(source.Directory));
    }

    [TestMethod]
    public async Task Without_a_source_the_logs_are_this_processs_own()
    {
        await using var host = await new TestHost(
            ("Logging:Zotify:Instance", "m1/app"), ("Logging:Zotify:Handlers:System:Path", "own.log")).StartAsync(Cancellation);
        Assert.AreEqual(
            new LogSource(
                host.PathOf("logs"),
                "own.log",
                "audit.log.json",
                "job_logs.json",
                "m1/app",
                IsSidecar: false), host.Services.GetRequiredService<LogSource>());
    }

    [TestMethod]
    public async Task Beside_an_application_the_tables_of_jobs_are_left_to_it_unless_an_age_is_configured()
    {
        const string Age = "Logging:Zotify:Handlers:Jobs:RetainedAge";
        async Task<TimeSpan?> AgeAsync(params (string, string?)[] settings)
        {
            await using var host = await new TestHost(settings).StartAsync(Cancellation);
            return host.Options.Started.Handler<DatabaseJobLogHandlerOptions>("Jobs").RetainedAge;
        }

        Assert.AreEqual(TimeSpan.FromDays(30), await AgeAsync());
        Assert.IsNull(await AgeAsync(($"{Source}:Directory", "app")));
        Assert.AreEqual(TimeSpan.FromDays(7), await AgeAsync(($"{Source}:Directory", "app"), (Age, "7.00:00:00")));
    }
}
