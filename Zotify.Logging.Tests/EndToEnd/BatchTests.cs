using System.Globalization;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>Programs that run for seconds: their records are in the database when they have ended, or they report the missing ones.</summary>
[TestClass]
public sealed class BatchTests
{
    private const int Few = 500;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Database => _folder.PathOf("logs/zotify.db");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    public async Task All_of_it_is_in_the_database_when_the_program_has_ended()
    {
        var rows = 5_000 * TestScale.Factor;
        await using var batch = Start(rows);
        Assert.AreEqual((0, $"{Batch.Logged}\n", ""), await batch.EndAsync(Cancellation));
        AssertWhole(rows);
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task A_database_that_somebody_else_writes_to_for_some_seconds_is_waited_for()
    {
        await RunAsync(0);
        await using var batch = Start(Few);
        using (DatabaseFile.HoldWrites(Database))
        {
            Assert.AreEqual(Batch.Logged, await batch.ReadLineAsync(Cancellation));
            // Longer than the former limit of two seconds for the end.
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Cancellation);
        }

        var (exitCode, _, error) = await batch.EndAsync(Cancellation);
        Assert.AreEqual(0, exitCode);
        Assert.DoesNotContain("are not in the database yet", error);
        Assert.AreEqual(Few + 4, Entries());
    }

    [TestMethod]
    [Timeout(180_000, CooperativeCancellation = true)]
    [DataRow(true, DisplayName = "by the command")]
    [DataRow(false, DisplayName = "by the next run")]
    public async Task What_is_left_is_reported_with_its_number_and_comes_into_the_database_later(bool byCommand)
    {
        await RunAsync(0);
        using (DatabaseFile.HoldWrites(Database))
        {
            await using var batch = Start(Few, "00:00:06");
            var (exitCode, _, error) = await batch.EndAsync(Cancellation);
            Assert.AreEqual(0, exitCode);
            Assert.Contains(
                Text($"Jobs: permanent: {Few + 2} records of the journal job_logs.json are not in the database yet"), error);
            Assert.Contains("'database catch-up'", error);
        }

        Assert.AreEqual(2, Entries());
        if (byCommand)
        {
            var (exitCode, output, error) = await CatchUpAsync();
            Assert.AreEqual((0, ""), (exitCode, error), output);
            Assert.Contains(Text($"job_logs.json: {Few + 4} of {Few + 4}"), output);
            Assert.Contains("The database has all lines of the journals.", output);
            Assert.AreEqual(Few + 4, Entries());
        }
        else
        {
            await RunAsync(1);
            Assert.AreEqual(Few + 4 + 3, Entries());
        }
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task The_command_refuses_a_directory_that_is_written_and_names_the_writer()
    {
        await using var writer = ChildProcess.Run<HoldDirectory>(_folder.Path, "machine-1/shop");
        Assert.AreEqual("holding", await writer.ReadLineAsync(Cancellation));
        var (exitCode, _, error) = await CatchUpAsync();
        Assert.AreEqual(1, exitCode, error);
        Assert.Contains("machine-1/shop", error);
        Assert.Contains(Text($"process {writer.Id}"), error);
    }

    private ChildProcess Start(int rows, params string[] timeout) => ChildProcess.Run<Batch>(_folder.Path, [Text($"{rows}"), .. timeout]);

    private async Task RunAsync(int rows)
    {
        await using var batch = Start(rows);
        Assert.AreEqual((0, $"{Batch.Logged}\n", ""), await batch.EndAsync(Cancellation));
    }

    private async Task<(int ExitCode, string Output, string Error)> CatchUpAsync()
    {
        await using var command = new ChildProcess(WebProcess.Program, _folder.Path, "database", "catch-up");
        return await command.EndAsync(Cancellation);
    }

    private void AssertWhole(int rows)
    {
        Assert.AreEqual(rows + 2, Entries());
        Assert.AreEqual(
            1, DatabaseFile.Scalar(Database, Text($"SELECT COUNT(*) FROM jobs WHERE status = 'completed' AND progress_done = {rows}")));
    }

    private long Entries() => DatabaseFile.Scalar(Database, "SELECT COUNT(*) FROM job_logs");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
