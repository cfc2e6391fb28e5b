using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Zotify.Logging.Tests.Configuration;
using Zotify.Logging.Web.Commands;
using Zotify.Logging.Web.Configuration;

namespace Zotify.Logging.Tests.Web;

/// <summary>The program's own section: a value that an option cannot have stops the start, by its full key, and nothing is
/// ignored.</summary>
[TestClass]
public sealed class ProgramConfigurationTests
{
    public required TestContext TestContext { get; set; }

    /// <summary>Every key below <c>Zotify</c>, with each kind of value that it cannot have.</summary>
    public static IEnumerable<(string Key, string? Value, string Named)> Wrong() =>
        WrongValues.Of(OptionTree.Below(ProgramOptions.Section, typeof(ProgramOptions)));

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void A_value_that_an_option_cannot_have_is_an_error_that_names_its_key(string key, string? value, string named)
    {
        var refused = Assert.ThrowsExactly<OptionsValidationException>(() => Read((key, value)));
        Assert.HasCount(1, refused.Failures.Where(fault => fault.StartsWith(named, StringComparison.Ordinal)).ToList(), refused.Message);
    }

    [TestMethod]
    [DataRow("Zotify", "false", "Zotify: 'false' is a value, and a section is expected; use Zotify:Access")]
    [DataRow("Zotify:Acces", "true", "Zotify:Acces: there is no such option; known here are Access, Alerts, Demo, Sources, Webhook")]
    [DataRow("Zotify:Acces:ApiKeys:0:Name", "ops", "Zotify:Acces: there is no such option; known here are Access, Alerts, Demo, Sources, Webhook")]
    [DataRow("Zotify:Source:0:Directory", "app", "Zotify:Source: there is no such option; known here are Access, Alerts, Demo, Sources, Webhook")]
    [DataRow("Zotify:Demo:Enable", "true", "Zotify:Demo:Enable: there is no such option; known here are Cache, Enabled, Source")]
    [DataRow("Zotify:Demo:Enabled", "yes", "Zotify:Demo:Enabled: 'yes' is not valid; use true or false")]
    [DataRow("Zotify:Access", "true", "Zotify:Access: 'true' is a value, and a section is expected; use Zotify:Access:ApiKeys")]
    [DataRow("Zotify:Access:Proxies", "10.0.0.1",
        "Zotify:Access:Proxies: '10.0.0.1' is a value, and a list is expected; write [ \"10.0.0.1\" ], or use Zotify:Access:Proxies:0")]
    [
        DataRow(
            "Zotify:Access:Proxies:0",
            "proxy",
            "Zotify:Access:Proxies:0: 'proxy' is not valid; use an address, or a network such as 10.0.0.0/8")
    ]
    [DataRow("Zotify:Access:ApiKeys:Name", "ops",
        "Zotify:Access:ApiKeys:Name: a list is expected at Zotify:Access:ApiKeys, and 'Name' is no number; "
        + "write [ { \"Name\": …, \"Sha256\": …, \"Scopes\": … } ], or use Zotify:Access:ApiKeys:0:Name")]
    [DataRow("Zotify:Sources:Directory", "app",
        "Zotify:Sources:Directory: a list is expected at Zotify:Sources, and 'Directory' is no number; "







        + "write [ { \"Directory\": …, \"Name\": …, \"Url\": …, \"ApiKey\": …, \"Instance\": …, \"SystemPath\": …, \"AuditPath\": …, \"JobsPath\": … } ], or use Zotify:Sources:0:Directory")]
    public void A_fault_names_the_key_the_value_and_the_fix(string key, string value, string fault) =>
        Assert.AreEqual(fault, Assert.ThrowsExactly<OptionsValidationException>(() => Read((key, value))).Failures.Single());

    [TestMethod]
    public void All_faults_come_at_once()
    {
        var refused = Assert.ThrowsExactly<OptionsValidationException>(
            () => Read(("Zotify:Demo:Enable", "x"), ("Zotify:Access:Origin", "y")));
        Assert.HasCount(2, refused.Failures);
    }

    [TestMethod]
    public void Valid_options_are_read()
    {
        var hash = new string('a', 64);
        var options = Read(
            ("Zotify:Access:ApiKeys:0:Name", "ops"), ("Zotify:Access:ApiKeys:0:Sha256", hash), (
                "Zotify:Access:ApiKeys:0:Scopes:0", "logs:audit"),
            ("Zotify:Access:Proxies:0", "10.0.0.0/8"), ("Zotify:Access:Origins:0", "https://ops.example.org"),
            ("Zotify:Demo:Enabled", "true"), ("Zotify:Demo:Source", "music"), ("Zotify:Demo:Cache", "cache"), (
                "Zotify:Sources:0:Directory", "app"));
        var key = options.Access.ApiKeys.Single();
        Assert.AreEqual(("ops", hash, "logs:audit"), (key.Name, key.Sha256, key.Scopes.Single()));
        Assert.AreEqual(("10.0.0.0/8", "https://ops.example.org"), (options.Access.Proxies.Single(), options.Access.Origins.Single()));
        Assert.AreEqual((true, "music", "cache"), (options.Demo.Enabled, options.Demo.Source, options.Demo.Cache));
    }

    [TestMethod]
    public void Without_the_section_and_with_null_the_defaults_hold()
    {
        var (none, nulls) = (Read(), Parse("""{"Zotify":{"Access":{"ApiKeys":[],"Proxies":null},"Demo":{"Enabled":null},"Sources":[]}}"""));
        foreach (var options in (ProgramOptions[])[none, nulls, Parse("""{"Zotify":null}"""), Parse("""{"Zotify":{"Access":null,"Demo":null}}""")])
        {
            Assert.IsEmpty(options.Access.ApiKeys);
            Assert.IsEmpty(options.Access.Proxies);
            Assert.IsNull(options.Demo.Enabled);
            Assert.AreEqual((none.Demo.Source, "data/cache"), (options.Demo.Source, options.Demo.Cache));
        }
    }

    [TestMethod]
    [DataRow("""{"Zotify":{"Access":{"ApiKeys":[null]}}}""", "Zotify:Access:ApiKeys:0:Name|Zotify:Access:ApiKeys:0:Sha256|Zotify:Access:ApiKeys:0:Scopes")]
    [DataRow("""{"Zotify":{"Access":{"ApiKeys":[{"Name":null,"Scopes":[null]}]}}}""", "Zotify:Access:ApiKeys:0:Name|Zotify:Access:ApiKeys:0:Scopes:0")]
    [DataRow("""{"Zotify":{"Access":{"Proxies":[null],"Origins":[null]}}}""", "Zotify:Access:Origins:0|Zotify:Access:Proxies:0")]
    [DataRow("""{"Zotify":{"Demo":{"Source":null,"Cache":null}}}""", "Zotify:Demo:Cache|Zotify:Demo:Source")]
    public void Null_where_a_value_is_needed_is_a_fault_and_no_accident(string json, string keys)
    {
        var refused = Assert.ThrowsExactly<OptionsValidationException>(() => Parse(json));
        Assert.AreEqual(keys, string.Join('|', refused.Failures.Select(fault => fault.Split(": ")[0])), refused.Message);
    }

    [TestMethod]
    [DataRow("audit", "verify")]
    [DataRow("database", "script")]
    [DataRow("database", "migrate")]
    public async Task A_command_refuses_it_as_well(params string[] command)
    {
        using var error = new StringWriter();
        string[] args = [.. command, "--Zotify:Demo:Enable=true"];
        var code = await CommandLine.RunAsync(
            args, _ => throw new InvalidOperationException(), TextWriter.Null, error, TestContext.CancellationToken);
        Assert.AreEqual(2, code);
        StringAssert.Contains(error.ToString(), "Zotify:Demo:Enable: there is no such option", StringComparison.Ordinal);
    }

    private static ProgramOptions Read(params (string Key, string? Value)[] settings) =>
        ProgramConfiguration.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).Build());

    private static ProgramOptions Parse(string json) => ProgramConfiguration.Read(
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
}
