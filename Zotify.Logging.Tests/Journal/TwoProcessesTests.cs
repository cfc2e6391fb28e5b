using System.Globalization;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class TwoProcessesTests
{
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public async Task A_host_does_not_start_where_another_process_holds_the_directory_and_names_it()
    {
        await using var first = await HolderAsync("machine-1/shop");
        await using var second = new ChildProcess(
            WebProcess.Program, _folder.Path, "--urls=http://127.0.0.1:0", "--environment=Development");
        var (exitCode, _, error) = await second.EndAsync(Cancellation);
        Assert.AreEqual(1, exitCode, error);
        AssertNames(first, error);
    }

    [TestMethod]
    public async Task A_program_without_a_host_reports_who_holds_the_directory_and_loses_nothing_when_the_holder_is_killed()
    {
        await using var first = await HolderAsync("machine-1/shop");
        await using var second = ChildProcess.Run<HoldDirectory>(_folder.Path, "machine-1/office");
        // The second process has failed to lock the directory when it reports that.
        var line = await second.ReadErrorLineAsync(Cancellation);
        AssertNames(first, line);

        await first.KillAsync(Cancellation);
        Assert.AreEqual("holding", await second.ReadLineAsync(Cancellation));
        var lines = await File.ReadAllLinesAsync(_folder.PathOf("logs/zotify_api.log"), Cancellation);
        Assert.HasCount(2, lines);
        StringAssert.EndsWith(lines[1], "Held by machine-1/office", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_killed_holders_directory_is_free_at_once()
    {
        await using var first = await HolderAsync("machine-1/shop");
        await first.KillAsync(Cancellation);
        await using var second = await HolderAsync("machine-1/office");
        second.CloseInput();
        Assert.AreEqual((0, "", ""), await second.EndAsync(Cancellation));
    }

    [TestMethod]
    public async Task A_process_waits_for_the_lock_and_goes_on_when_the_holder_has_ended()
    {
        await using var first = await HolderAsync("machine-1/shop");
        await using var second = ChildProcess.Run<HoldDirectory>(_folder.Path, "machine-1/office", "01:00:00");
        // All three handlers wait, but only one of them reports it.
        var line = await second.ReadErrorLineAsync(Cancellation);
        StringAssert.Contains(line, "waiting up to 01:00:00 for its lock", StringComparison.Ordinal);
        StringAssert.Contains(line, string.Create(CultureInfo.InvariantCulture, $"process {first.Id}"), StringComparison.Ordinal);

        first.CloseInput();
        await first.EndAsync(Cancellation);
        Assert.AreEqual("holding", await second.ReadLineAsync(Cancellation));
        second.CloseInput();
        Assert.AreEqual((0, "", ""), await second.EndAsync(Cancellation));
    }

    [TestMethod]
    public async Task A_host_that_has_waited_for_the_lock_in_vain_names_the_holder()
    {
        await using var first = await HolderAsync("machine-1/shop");
        await using var second = new ChildProcess(
            WebProcess.Program, _folder.Path, "--urls=http://127.0.0.1:0", "--environment=Development",
            "--Logging:Zotify:LockTimeout=00:00:00.5");
        var (exitCode, _, error) = await second.EndAsync(Cancellation);
        Assert.AreEqual(1, exitCode, error);
        AssertNames(first, error);
        StringAssert.Contains(error, "within 00:00:00.5000000 (Logging:Zotify:LockTimeout)", StringComparison.Ordinal);
    }

    private async Task<ChildProcess> HolderAsync(string instance)
    {
        var child = ChildProcess.Run<HoldDirectory>(_folder.Path, instance);
        Assert.AreEqual("holding", await child.ReadLineAsync(Cancellation));
        return child;
    }

    private void AssertNames(ChildProcess holder, string error)
    {
        foreach (var part in (string[])["Logging:Zotify:Directory", _folder.PathOf("logs"), "machine-1/shop", string.Create(CultureInfo.InvariantCulture, $"process {holder.Id}")])
            StringAssert.Contains(error, part, StringComparison.Ordinal);
    }
}
