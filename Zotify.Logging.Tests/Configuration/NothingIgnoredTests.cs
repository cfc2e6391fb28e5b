using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>One rule for the whole tree: a value that an option cannot have stops the start, by its full key, and nothing is
/// ignored.</summary>
[TestClass]
public sealed class NothingIgnoredTests
{
    private const string Root = "Logging:Zotify:";

    public required TestContext TestContext { get; set; }

    /// <summary>Every key of every options class, with each kind of value that it cannot have.</summary>
    public static IEnumerable<(string Key, string? Value, string Named)> Wrong() => WrongValues.Of(OptionTree.All());

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public async Task A_value_that_an_option_cannot_have_stops_the_start(string key, string? value, string named)
    {
        await using var host = new TestHost((key, value));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        Assert.HasCount(
            1,
            refused.Failures.Where(fault => fault.StartsWith(named, StringComparison.Ordinal)).ToList(),
            string.Join('\n', refused.Failures));
    }

    [TestMethod]
    [DataRow("Logging:Zotify", "false", DisplayName = "the whole section")]
    [DataRow("Logging:Zotify:Handlers", "false", DisplayName = "the handlers")]
    [DataRow("Logging:Zotify:Handlers:System", "false", DisplayName = "a handler")]
    [DataRow("Logging:Zotify:LogLevel", "Warning", DisplayName = "the levels")]
    public async Task A_value_where_a_section_belongs_is_answered_with_the_key_to_use(string key, string value)
    {
        await using var host = new TestHost((key, value));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        StringAssert.StartsWith(refused.Failures.Single(), $"{key}: '{value}' is a value", StringComparison.Ordinal);
        StringAssert.Contains(refused.Failures.Single(), $"use {key}:", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("System:Path", "a.log")]
    [DataRow("Audit:Acknowledge", "Durable")]
    [DataRow("Jobs:RetainedAge", "1.00:00:00")]
    public async Task An_option_for_code_only_is_no_key(string key, string value)
    {
        await using var host = new TestHost((Root + key, value));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        StringAssert.StartsWith(refused.Failures.Single(), $"{Root}{key.Split(':')[0]}: there is no such option", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task An_empty_list_of_event_types_does_not_make_every_record_an_audit_event()
    {
        await using var host = new TestHost((Root + "Handlers:Audit:EventTypes", ""));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        StringAssert.StartsWith(refused.Failures.Single(), Root + "Handlers:Audit:EventTypes: ", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_star_accepts_events_without_a_name_as_well()
    {
        await using var host = await new TestHost((Root + "Handlers:Audit:EventTypes:0", "*")).StartAsync(TestContext.CancellationToken);
        host.Logger().LogInformation("no event at all");
        await host.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);
        Assert.ContainsSingle(host.AuditLines.Where(line => line.Contains("no event at all", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Null_in_a_file_means_none_where_an_option_can_be_none()
    {
        var file = new MemoryStream(Encoding.UTF8.GetBytes("""{"Logging":{"Zotify":{"Handlers":{"Jobs":{"RetainedAge":null},"Audit":{"HashKeys":[]}}}}}"""));
        await using var host = await new TestHost().StartAsync(file, TestContext.CancellationToken);
        Assert.IsNull(host.Options.Started.Handler<DatabaseJobLogHandlerOptions>("Jobs").RetainedAge);
        Assert.IsEmpty(host.Options.Started.Handler<JsonAuditHandlerOptions>("Audit").HashKeys);
    }

    [TestMethod]
    public async Task A_level_named_in_capitals_holds()
    {
        await using var host = await new TestHost(("LOGGING:ZOTIFY:LOGLEVEL:DEFAULT", "Error")).StartAsync(TestContext.CancellationToken);
        host.Logger().LogWarning("below the level");
        host.Logger().LogError("at the level");
        await host.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);
        StringAssert.Contains(host.SystemLines.Single(), "at the level", StringComparison.Ordinal);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("C:\\logs", "backslash")]
    [DataRow("C:/logs", "Windows")]
    [DataRow("~/logs", "shell")]
    public async Task A_directory_of_another_system_is_reported(string directory, string why)
    {
        await using var host = await new TestHost((Root + "Directory", directory)).StartAsync(TestContext.CancellationToken);
        StringAssert.Contains(host.Stderr.ToString(), $"{Root}Directory: '{directory}'", StringComparison.Ordinal);
        StringAssert.Contains(host.Stderr.ToString(), why, StringComparison.Ordinal);
    }
}
