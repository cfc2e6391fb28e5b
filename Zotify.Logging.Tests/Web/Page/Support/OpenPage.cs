using System.Collections.Concurrent;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page.Support;

/// <summary>The operators' page in its own window. Its errors, such as a refused script, are kept.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    // A condition that becomes true ends a wait at once; only one that never does takes this long.
    private const int TestTimeout = 180_000;

    /// <summary>The page's waits between two questions are of one to three seconds.</summary>
    private const string ShortWaits =
        """
        const later = setTimeout;
        window.setTimeout = (go, wait, ...rest) => later(go, wait >= 1_000 && wait <= 3_000 ? wait / 10 : wait, ...rest);
        """;

    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly IBrowserContext _context;

    private OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _complaints.Enqueue(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Opens an address of a server, signed in with a key unless there is none.</summary>
    /// <param name="server">The server.</param>
    /// <param name="address">The address.</param>
    /// <param name="key">The key; null for none.</param>
    /// <param name="isDark">Whether the system's theme is dark.</param>
    /// <param name="width">The window's width in pixels.</param>
    /// <param name="height">The window's height in pixels.</param>
    /// <param name="asksOften">Whether the page asks the server again after a tenth of its usual time.</param>
    public static async Task<OpenPage> OnAsync(
        TestServer server, string address = "/", string? key = TestServer.AllKey, bool isDark = false, int width = 1280, int height = 900,
        bool asksOften = false)
    {
        var context = await NewContextAsync(server.Url, isDark, width, height);
        if (asksOften) await context.AddInitScriptAsync(ShortWaits);
        if (key is not null) await context.APIRequest.PostAsync("/session", new APIRequestContextOptions { DataObject = new { key } });
        return await OpenAsync(context, address);
    }

    /// <summary>Opens an address of another application, which gets the user in <c>Authorization</c>.</summary>
    public static async Task<OpenPage> OnAsync(OtherApplication application, string address, string? credential)
    {
        var context = await NewContextAsync(application.App.Urls.Single(), isDark: false, 1280, 900);
        if (credential is not null) await context.SetExtraHTTPHeadersAsync([new("Authorization", credential)]);
        return await OpenAsync(context, address);
    }

    private static async Task<IBrowserContext> NewContextAsync(string url, bool isDark, int width, int height)
    {
        var browser = await SharedBrowser.GetAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = url,
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(TestTimeout);
        return context;
    }

    private static async Task<OpenPage> OpenAsync(IBrowserContext context, string address)
    {
        var opened = new OpenPage(context, await context.NewPageAsync());
        await opened.Page.GotoAsync(address);
        return opened;
    }

    /// <summary>Waits until something is shown.</summary>
    public Task ShowsAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>
    /// Waits until a condition holds in the page. (Playwright's own wait evaluates a text, which the page's policy refuses.)
    /// </summary>
    public async Task HoldsAsync(string condition)
    {
        var holds = await Page.EvaluateAsync<bool>(
            $$"""
            async () => {
              for (const end = Date.now() + {{TestTimeout}}; Date.now() < end;) {
                if ({{condition}}) return true;
                await new Promise(done => setTimeout(done, 20));
              }

              return false;
            }
            """);
        Assert.IsTrue(holds, condition);
    }

    /// <summary>Waits until the view's stream is live.</summary>
    public Task IsLiveAsync() => Page.Locator("#connection[data-kind=live]").WaitForAsync();

    /// <summary>
    /// Lets the clock of the keys stand still, and loads the page anew. Two keys make a command where they come within a moment, which
    /// a busy machine may exceed.
    /// </summary>
    public async Task StopClockOfKeysAsync()
    {
        await Page.AddInitScriptAsync("Object.defineProperty(Event.prototype, 'timeStamp', { get: () => 0 });");
        await Page.ReloadAsync();
    }

    /// <summary>Presses keys, one after the other.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys) await Page.Keyboard.PressAsync(key);
    }

    /// <summary>The messages of all lines of the list, read by scrolling from its beginning to its end.</summary>
    public Task<string[]> LinesAsync() => Page.EvaluateAsync<string[]>(
        """
        async () => {
          const viewport = document.querySelector('.viewport');
          const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const lines = new Map();
          // Older lines are read first, so that nothing moves afterwards.
          do {
            viewport.scrollTop = 0;
            await frame();
          } while (!document.querySelector('.edge').textContent.startsWith('The log begins'));
          for (let top = 0; ; top += viewport.clientHeight / 2) {
            viewport.scrollTop = top;
            await frame();
            const begin = viewport.getBoundingClientRect().top - viewport.scrollTop;
            for (const row of viewport.querySelectorAll('.row')) lines.set(Math.round(row.getBoundingClientRect().top - begin), row.querySelector('.line-message')?.textContent ?? row.textContent);
            if (top >= viewport.scrollHeight - viewport.clientHeight) break;
          }

          return [...lines].sort(([one], [other]) => one - other).map(([, text]) => text);
        }
        """);

    /// <summary>Asserts that nothing on the page was refused or failed.</summary>
    public void AssertNoComplaints() => Assert.AreEqual("", string.Join('\n', _complaints));

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
