using Hangfire;
using Hangfire.InMemory;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Real Hangfire servers, and the jobs of their logs.</summary>
public abstract class HangfireFixture
{
    private protected const int TestTimeout = 180_000;

    public required TestContext TestContext { get; set; }

    private protected InMemoryStorage Storage { get; } = new();

    private protected CancellationToken Cancellation => TestContext.CancellationToken;

    private protected BackgroundJobClient Client => new(Storage);

    /// <summary>The id of Hangfire's job in the log.</summary>
    private protected static string Id(LoggedJobs logged, string hangfireId) =>
        logged.Jobs.Keys.Single(id => id.StartsWith($"{hangfireId}-", StringComparison.Ordinal));

    private protected async Task EndedAsync(TestHost host, string hangfireId)
    {
        while (await LoggedAsync(host) is var logged
            && !logged.Jobs.Any(job => job.Key.StartsWith($"{hangfireId}-", StringComparison.Ordinal) && job.Value.Status != "running"))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
    }

    private protected Task<TestHost> StartAsync() =>
        new TestHost { Logging = logging => HangfireServices.AddApart(logging.Services, Storage) }.StartAsync(Cancellation);

    private protected Task<TestHost> StartAsync(TemporaryFolder folder) =>
        TestHost.In(new DirectoryInfo(folder.Path), logging => HangfireServices.AddApart(logging.Services, Storage)).StartAsync(Cancellation);

    private protected async Task<LoggedJobs> LoggedAsync(TestHost host)
    {
        await host.FlushAsync(FlushTo.Database, Cancellation);
        return LoggedJobs.Read(host.PathOf("logs/zotify.db"));
    }
}
