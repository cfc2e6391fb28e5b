using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Alerts;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>A host with alerts, by a clock that stands still until it is advanced.</summary>
public abstract class AlertFixture
{
    private protected const int TestTimeout = 120_000;

    /// <summary>To the built-in alerts, a clock that jumps by days is a sign of trouble.</summary>
    private static readonly (string Key, string? Value)[] WithoutBuiltIn =
        [.. BuiltInAlerts.All.Select(name => ($"Zotify:Alerts:{name}:Enabled", (string?)"false"))];

    public required TestContext TestContext { get; set; }

    private protected TemporaryFolder Folder { get; } = new();

    private protected FakeTimeProvider Time { get; } = new(Some.Time);

    private protected CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => Folder.Dispose();

    private protected Task<AlertHost> StartAsync(
        AlertReceiver receiver, FakeTimeProvider? time, params (string Key, string? Value)[] settings) =>
        AlertHost.StartAsync(Folder.Path, receiver.Url, time, Cancellation, [.. time is null ? [] : WithoutBuiltIn, .. settings]);

    /// <summary>Lets time pass, in steps between which everything that is due runs.</summary>
    private protected async Task AdvanceAsync(TimeSpan time)
    {
        for (var at = 0; at < 20; at++) await Time.PassAsync(time / 20, Cancellation);
    }

    /// <summary>Lets time pass, and then, second by second, as much more as a condition needs.</summary>
    private protected async Task AdvanceUntilAsync(TimeSpan time, Func<bool> condition)
    {
        await AdvanceAsync(time);
        while (!condition())
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }
    }
}
