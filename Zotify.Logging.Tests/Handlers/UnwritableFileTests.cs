using System.Diagnostics;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers;

/// <summary>Something other than a file has the name of a log: the start fails with the setting's key and the path.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed class UnwritableFileTests
{
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [DataRow("System", "zotify_api.log", "is a symbolic link")]
    [DataRow("Audit", "audit.log.json", "is a symbolic link")]
    [DataRow("Jobs", "job_logs.json", "is a symbolic link")]
    public async Task A_link_to_the_standard_output(string handler, string file, string why)
    {
        File.CreateSymbolicLink(PathOf(file), "/dev/stdout");
        await AssertRefusedAsync(handler, file, why);
    }

    [TestMethod]
    [DataRow("System", "zotify_api.log", "is a pipe or a device")]
    [DataRow("Audit", "audit.log.json", "is a pipe or a device")]
    [DataRow("Jobs", "job_logs.json", "is a pipe or a device")]
    public async Task A_named_pipe(string handler, string file, string why)
    {
        using (var make = Process.Start("mkfifo", [PathOf(file)])) await make.WaitForExitAsync(Cancellation);
        await AssertRefusedAsync(handler, file, why);
    }

    [TestMethod]
    [DataRow("System", "zotify_api.log")]
    [DataRow("Audit", "audit.log.json")]
    [DataRow("Jobs", "job_logs.json")]
    public async Task A_directory(string handler, string file)
    {
        Directory.CreateDirectory(PathOf(file));
        await AssertRefusedAsync(handler, file, "cannot be written");
    }

    private async Task AssertRefusedAsync(string handler, string file, string why)
    {
        await using var host = TestHost.In(new DirectoryInfo(_folder.Path));
        var refused = await Assert.ThrowsExactlyAsync<LogDirectoryException>(() => host.StartAsync(Cancellation));
        StringAssert.StartsWith(
            refused.Message, $"Logging:Zotify:Handlers:{handler}:Path: '{PathOf(file)}' cannot be written: ", StringComparison.Ordinal);
        StringAssert.Contains(refused.Message, why, StringComparison.Ordinal);
    }

    private string PathOf(string file) => Path.Combine(Directory.CreateDirectory(_folder.PathOf("logs")).FullName, file);
}
