using Microsoft.Extensions.Options;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>What is wrong with the configuration of alerts is told at the start, without a secret.</summary>
[TestClass]
public sealed class AlertConfigurationTests
{
    private const string Url = "https://hooks.example.org/t0ken";

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [DataRow("Zotify:Alerts:a:Filtr", "x", "Zotify:Alerts:a:Filtr: there is no such option; known here are Absent, Count, Enabled, Filter, Log, Within")]
    [DataRow("Zotify:Alerts:a:Count", "0", "Zotify:Alerts:a:Count: '0': The field Count must be between 1 and 10000.")]
    [DataRow("Zotify:Alerts:a:Count", "2", "Zotify:Alerts:a:Within: it is missing for the count 2; set it, for example to 00:05:00")]
    [DataRow("Zotify:Alerts:a:Within", "00:01:00", "Zotify:Alerts:a:Within: '00:01:00' has no effect for a single event; set Count to 2 or more, or remove it")]
    [DataRow("Zotify:Alerts:a:Absent", "soon", "Zotify:Alerts:a:Absent: 'soon' is not valid; use a time span")]
    [DataRow("Zotify:Alerts:a:Absent", "00:00:00", "Zotify:Alerts:a:Absent: '00:00:00': The field Absent must be between 00:00:01 and 400.00:00:00.")]
    [DataRow("Zotify:Alerts:a:Log", "System", "Zotify:Alerts:a:Log: 'System' is not valid; use Audit or Jobs")]
    [DataRow("Zotify:Alerts:a:Filter", "user=u1", "Zotify:Alerts:a:Filter: 'user=u1': user: This parameter is not known here; known are user_id")]
    [DataRow("Zotify:Alerts:a:Filter", "from=1h", "Zotify:Alerts:a:Filter: 'from=1h': from: This parameter is not known here")]
    [DataRow("Zotify:Alerts:a:Filter", "q=\"open", "Zotify:Alerts:a:Filter: 'q=\"open': q: ")]
    [DataRow("Zotify:Alerts:b:Count", "1", "Zotify:Alerts:b:Filter: it is missing; set it to the parameters of a search")]
    [DataRow("Zotify:Alerts:Rows_Differ:Filter", "q=x", "Zotify:Alerts:Rows_Differ: this name is a built-in alert's, whose only option is Enabled")]
    [DataRow("Zotify:Alerts", "x", "Zotify:Alerts: 'x' is a value, and a section is expected")]
    [DataRow("Zotify:Webhook:Secret", "s3cret", "Zotify:Webhook:Secret: it is no secret of Standard Webhooks (not shown); set it to whsec_ and 24 to 64 random bytes")]
    [DataRow("Zotify:Webhook:Secret", "whsec_c2hvcnQ=", "Zotify:Webhook:Secret: it is no secret of Standard Webhooks")]
    [DataRow("Zotify:Webhook:Secret", null, "Zotify:Webhook:Secret: it is missing")]
    [DataRow("Zotify:Webhook:PreviousSecret", "s3cret", "Zotify:Webhook:PreviousSecret: it is no secret of Standard Webhooks (not shown)")]
    [DataRow("Zotify:Webhook:Url", "hooks.example.org/t0ken", "Zotify:Webhook:Url: it is no address (not shown, because it may be a secret); begin it with https:// or http://")]
    [DataRow("Zotify:Webhook:Url", "https://u:s3cret@hooks.example.org", "Zotify:Webhook:Url: it has a user or a password")]
    [DataRow("Zotify:Webhook:Url", null, "Zotify:Webhook:Url: it is missing; set it to the address that receives alerts")]
    [DataRow("Zotify:Webhook:Timeout", "1.00:00:00", "Zotify:Webhook:Timeout: '1.00:00:00': The field Timeout must be between 00:00:01 and 00:01:00.")]
    public void A_wrong_setting_is_named_with_its_key_its_value_and_the_fix(string key, string? value, string message)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Zotify:Webhook:Url"] = Url, ["Zotify:Webhook:Secret"] = AlertReceiver.Secret,
            ["Zotify:Alerts:a:Filter"] = "event_type=user.login",
        };
        if (key == "Zotify:Alerts") settings.Remove("Zotify:Alerts:a:Filter");
        if (value is null) settings.Remove(key);
        else settings[key] = value;
        var refused = Assert.ThrowsExactly<OptionsValidationException>(
            () => AlertHost.Build(_folder.Path, null, null, [.. settings.Select(setting => (setting.Key, setting.Value))]));
        StringAssert.StartsWith(refused.Failures.Single(), message, StringComparison.Ordinal);
        foreach (var secret in (string[])["s3cret", "t0ken", "whsec_M", "c2hvcnQ"])
            Assert.DoesNotContain(secret, refused.Message, StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Without_alerts_nothing_is_stored_and_no_journal_waits()
    {
        await using var host = await AlertHost.StartAsync(_folder.Path, null, null, TestContext.CancellationToken);
        Assert.IsEmpty(host.Service.Handlers.SelectMany(handler => handler.Targets));
        Assert.IsFalse(File.Exists(_folder.PathOf("logs/zotify.alerts")));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_sidecar_says_at_its_start_that_its_alerts_see_nothing_of_the_application(bool isSidecar)
    {
        (string, string?)[] source = isSidecar ? [("Zotify:Sources:0:Directory", "application")] : [];
        await using var host = await AlertHost.StartAsync(
            _folder.Path, "http://localhost:1", null, TestContext.CancellationToken,
            [("Zotify:Alerts:login:Filter", "event_type=user.login"), .. source]);
        var text = host.Stderr.ToString();
        Assert.AreEqual(isSidecar, text.Contains($"this process is a sidecar of '{_folder.PathOf("application")}' (Zotify:Sources)", StringComparison.Ordinal), text);
        Assert.AreEqual(
            isSidecar, text.Contains("move Zotify:Alerts:login, Zotify:Webhook to the application's configuration", StringComparison.Ordinal), text);
    }

    [TestMethod]
    public async Task The_program_takes_alerts_in_its_own_section_and_refuses_others()
    {
        string[] settings = [$"Zotify:Webhook:Url={Url}", $"Zotify:Webhook:Secret={AlertReceiver.Secret}", "Zotify:Alerts:a:Filter=q=x"];
        await using (await new TestServer { Settings = settings }.StartAsync(TestContext.CancellationToken))
        {
        }

        var server = new TestServer { Settings = [.. settings, "Zotify:Alerts:a:Filtr=x"] };
        var refused = await Assert.ThrowsExactlyAsync<OptionsValidationException>(() => server.StartAsync(TestContext.CancellationToken));
        StringAssert.Contains(refused.Message, "Zotify:Alerts:a:Filtr: there is no such option", StringComparison.Ordinal);
    }
}
