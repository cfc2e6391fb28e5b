using System.Text.Json;
using System.Text.RegularExpressions;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Diagnostics;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>The dashboard <c>docs/grafana.json</c> shows the instruments of the meter, under the names that Prometheus gives them.</summary>
[TestClass]
public sealed partial class DashboardTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task It_shows_every_instrument_and_no_other_one()
    {
        await using var server = await new TestServer().StartAsync(TestContext.CancellationToken);
        using var metrics = new Measurements(server.App.Services);
        var names = metrics.Instruments.Select(instrument => InPrometheus(instrument.Key, instrument.Value)).Order(StringComparer.Ordinal);
        using var dashboard = JsonDocument.Parse(Repository.Read("docs/grafana.json"));
        var shown = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => Metric().Matches(target.GetProperty("expr").GetString()!).Select(match => match.Value));
        Assert.AreEqual(string.Join('\n', names), string.Join('\n', shown.Distinct().Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public async Task The_guide_lists_every_instrument()
    {
        await using var server = await new TestServer().StartAsync(TestContext.CancellationToken);
        using var metrics = new Measurements(server.App.Services);
        var guide = Documents.Read("docs/reliability.md");
        foreach (var name in metrics.Instruments.Keys)
        {
            // Two of a kind share a row: `zotify.logging.queue.length`, `.capacity`.
            var at = name.LastIndexOf('.');
            Assert.IsTrue(
                guide.Contains($"`{name}`", StringComparison.Ordinal)
                    || (guide.Contains($"`{name[..at]}.", StringComparison.Ordinal) && guide.Contains($"`{name[at..]}`", StringComparison.Ordinal)),
                name);
        }
    }

    /// <summary>The name as OpenTelemetry exports it: the unit, unless it is in braces, and the kind of a counter are its endings.</summary>
    private static string InPrometheus(string name, string kindAndUnit) => name.Replace('.', '_')
        + kindAndUnit.Split(' ')[1] switch { "By" => "_bytes", "s" => "_seconds", "1" => "_ratio", _ => "" }
        + (kindAndUnit.StartsWith("ObservableCounter", StringComparison.Ordinal) ? "_total" : "");

    [GeneratedRegex("zotify_logging_[a-z_]+")]
    private static partial Regex Metric();
}
