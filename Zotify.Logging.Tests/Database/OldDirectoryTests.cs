using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>
/// A directory and its database that version 0.1.0 wrote, when EF Core created the tables of SQLite (the commit is in its audit log). They
/// are used on without loss.
/// </summary>
[TestClass]
public sealed class OldDirectoryTests
{
    private static readonly EventId Login = new(1001, "user.login");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Every_row_and_line_of_it_stays_and_the_chain_goes_on()
    {
        using var folder = new TemporaryFolder();
        var logs = Directory.CreateDirectory(folder.PathOf("logs")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "Zotify.Logging.Tests/Database/Old/Directory")))
            File.Copy(file, Path.Combine(logs, Path.GetFileName(file)));
        var database = Path.Combine(logs, "zotify.db");
        const string Rows =
            "SELECT (SELECT COUNT(*) FROM audit_events) * 1000000 + (SELECT COUNT(*) FROM job_logs) * 1000 + (SELECT COUNT(*) FROM jobs)";
        Assert.AreEqual(
            14_011_003,
            DatabaseFile.Scalar(database, Rows),
            "2 runs: 5 logins, a start and a stop each; 5 entries of a job each and one of another");
        var (audit, jobs) = (File.ReadAllText(Path.Combine(logs, "audit.log.json")), File.ReadAllText(Path.Combine(logs, "job_logs.json")));

        await using var host = await TestHost.In(new DirectoryInfo(folder.Path), ("Logging:Zotify:Instance", "old/app"))
            .StartAsync(Cancellation);
        host.Logger().LogInformation(Login, "User {user_id} logged in anew", "u1");
        host.Logger().LogInformation("{job_id} goes on", "sync-1");
        await host.FlushAsync(FlushTo.Database, Cancellation);

        Assert.AreEqual(16_012_003, DatabaseFile.Scalar(database, Rows), "one start and one login more, and one entry");
        StringAssert.StartsWith(LiveFile.Text(host.PathOf("logs/audit.log.json")), audit, StringComparison.Ordinal);
        StringAssert.StartsWith(LiveFile.Text(host.PathOf("logs/job_logs.json")), jobs, StringComparison.Ordinal);
        Assert.AreEqual(2, host.Scalar("SELECT COUNT(*) FROM journals"), "they are the same journals");
        Assert.AreEqual(1, host.Scalar("SELECT COUNT(*) FROM jobs WHERE job_id = 'left-1' AND status = 'interrupted'"));
        var verified = await host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(Cancellation);
        Assert.AreEqual(AuditVerificationStatus.Valid, verified.Status, verified.Reason);
        Assert.AreEqual(16, verified.Checked);
        Assert.AreEqual(16, verified.Database!.Checked);
        var found = await host.Services.GetRequiredService<AuditLog>()
            .SearchAsync(new AuditQuery { Text = "logged in from web" }, Cancellation);
        Assert.HasCount(10, found.Items);
        Assert.AreEqual("", host.Stderr.ToString());
    }
}
