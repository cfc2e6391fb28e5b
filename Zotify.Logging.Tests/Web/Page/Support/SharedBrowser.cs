using Microsoft.Playwright;

namespace Zotify.Logging.Tests.Web.Page.Support;

/// <summary>
/// The machine's own browser, without a window, started once for all tests by the first that needs it. Nothing is downloaded. Thread-safe.
/// </summary>
internal static class SharedBrowser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> Started = new(StartAsync);

    /// <summary>The browser. Where there is none the test is skipped; in CI, which must have one, it fails.</summary>
    public static async Task<IBrowser> GetAsync()
    {
        if (Find() is not null) return (await Started.Value).Browser;
        const string reason = "No chromium on the PATH; .ci/run installs it.";
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) Assert.Fail(reason);
        Assert.Inconclusive(reason);
        throw new InvalidOperationException(reason);
    }

    /// <summary>Ends it after the tests.</summary>
    public static async Task StopAsync()
    {
        if (!Started.IsValueCreated) return;
        var (driver, browser) = await Started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        var options = new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            // A container's root has no sandbox, and little shared memory.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
            // The default of half a minute may be too short on a busy machine.
            Timeout = 180_000,
        };
        return (driver, await driver.Chromium.LaunchAsync(options));
    }
}
