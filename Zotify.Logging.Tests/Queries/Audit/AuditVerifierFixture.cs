using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>A program that writes an audit log, and the verifier of its files and its database.</summary>
public abstract class AuditVerifierFixture
{
    private protected const string Instance = "m1/shop";
    private protected const int Events = 12;

    private LoggingDatabase? _database;
    private int _runs;

    public required TestContext TestContext { get; set; }

    private protected CancellationToken Cancellation => TestContext.CancellationToken;

    private protected TestHost Home { get; } = new();

    private protected AuditFiles Files => new(Home.PathOf("logs"));

    private protected LoggingDatabase Database =>
        _database ??= new LoggingDatabase(new DatabaseOptions(), Home.PathOf("logs"), [new SqliteEngineFactory()]);

    [TestCleanup]
    public async Task CleanUpAsync()
    {
        _database?.Dispose();
        await Home.DisposeAsync();
    }

    private protected static string Changed(string content) =>
        content.Replace("\"level\":\"Information\"", "\"level\":\"Warning\"", StringComparison.Ordinal);

    private protected static void AssertFault(AuditVerification result, AuditVerificationStatus status, long seq, string reason = "")
    {
        Assert.AreEqual((status, seq), (result.Status, result.FirstBadSeq), result.Reason);
        StringAssert.StartsWith(result.Reason, $"line {seq}: ", StringComparison.Ordinal);
        StringAssert.Contains(result.Reason, reason, StringComparison.Ordinal);
    }

    private protected static void Log(TestHost host, int n) =>
        host.Logger().LogInformation(new EventId(1001, "user.login"), "User {user_id} logged in for the {n}th time", "u42", n);

    private protected async Task LogAsync(TestHost host, int count = Events)
    {
        for (var n = 0; n < count; n++)
        {
            Log(host, n);
            host.Time.Advance(TimeSpan.FromSeconds(1));
            // Each alone, so that segments are rolled between them.
            await host.FlushAsync(FlushTo.Disk, Cancellation);
        }

        // The projector waits a moment after it has found a journal cut.
        var projected = host.FlushAsync(FlushTo.Database, Cancellation);
        while (!projected.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await projected;
    }

    private protected async Task<TestHost> StartAsync(params (string, string?)[] settings)
    {
        var host = Home.Again([("Logging:Zotify:Instance", Instance), ("Logging:Zotify:Handlers:Audit:MaxFileSize", "1024"), .. settings]);
        host.Time.Advance(TimeSpan.FromDays(100 * ++_runs));
        return await host.StartAsync(Cancellation);
    }

    /// <summary>A run of the program that logs events, which are in the database when it ends.</summary>
    private protected async Task WriteAsync(params (string, string?)[] settings)
    {
        await using var host = await StartAsync(settings);
        await LogAsync(host);
    }

    private protected AuditVerifier NewVerifier(params HashKey[] keys) =>
        new(Home.PathOf("logs"), AuditFiles.Name, () => Instance, () => keys, Database, () => new NoReadYourWrites());

    private protected Task<AuditVerification> VerifyAsync(params HashKey[] keys) => NewVerifier(keys).VerifyAsync(Cancellation);
}
