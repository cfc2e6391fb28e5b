using System.Globalization;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>The log directory is deleted while real processes write it.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed class DeletedDirectoryTests
{
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task Its_writer_goes_on_without_losing_a_new_record_and_a_second_process_is_kept_out()
    {
        await using var first = ChildProcess.Run<Application>(_folder.Path);
        Assert.AreEqual(Application.Started, await first.ReadLineAsync(Cancellation));
        await ObeyAsync(first, "audit before", "job j1 job.started", "count 0 10", "project");

        Directory.Delete(_folder.PathOf("logs"), recursive: true);
        // Nobody logs: only the check of the lock creates it again.
        while (!File.Exists(_folder.PathOf("logs/zotify.owner")))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        await using (var second = ChildProcess.Run<Application>(_folder.Path))
        {
            var (exitCode, _, refusal) = await second.EndAsync(Cancellation);
            Assert.AreNotEqual(0, exitCode);
            Assert.Contains("is written by another process", refusal);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"process {first.Id}"), refusal);
        }

        await ObeyAsync(first, "audit after", "job j1 job.completed", "count 10 20", "project");
        first.CloseInput();
        var (ended, _, error) = await first.EndAsync(Cancellation);
        Assert.AreEqual(0, ended, error);
        Assert.Contains("was deleted while this process held it, and is made again", error);

        var system = await File.ReadAllTextAsync(_folder.PathOf("logs/zotify_api.log"), Cancellation);
        foreach (var number in Enumerable.Range(10, 10)) Assert.Contains(number.ToString("D9", CultureInfo.InvariantCulture), system);
        Assert.AreEqual(1, Lines("audit.log.0*.json", "before of u1"), "the open file still had it");
        Assert.AreEqual(1, Lines("audit.log.json", "after of u1"));
        Assert.AreEqual(1, Lines("job_logs.json", "j1: job.completed"));
        Assert.AreEqual(2, Scalar("SELECT COUNT(*) FROM audit_events WHERE event_type = 'user.test'"));
        Assert.AreEqual(1, Scalar("SELECT COUNT(*) FROM jobs WHERE status = 'completed' AND entries = 2"));
    }

    private async Task ObeyAsync(ChildProcess application, params string[] commands)
    {
        foreach (var command in commands)
        {
            await application.WriteLineAsync(command, Cancellation);
            Assert.AreEqual(Application.Logged, await application.ReadLineAsync(Cancellation));
        }
    }

    private int Lines(string files, string text) =>
        Directory.GetFiles(_folder.PathOf("logs"), files).SelectMany(File.ReadLines)
            .Count(line => line.Contains(text, StringComparison.Ordinal));

    private long Scalar(string sql) => DatabaseFile.Scalar(_folder.PathOf("logs/zotify.db"), sql);
}
