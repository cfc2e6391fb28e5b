using System.Net.Http.Json;
using Microsoft.Playwright;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Takes the pictures of the README: the sample work in each view, light and dark, wide and narrow. The argument is the folder for them.
/// </summary>
internal sealed class Screenshots : IChild
{
    private const int History = 4_000;

    // By the keys, in their order.
    private static readonly string[] Names = ["ada", "grace", "edsger", "barbara"];

    private static readonly (string Name, string Address, string IsThere)[] Views =
    [
        ("system", "/", "document.querySelectorAll('.row').length > 8 && !document.querySelector('.canvas').textContent.includes(' "
            + "started: ')"),
        ("audit", "/audit?event_type=user.*&event_type=config.*", "document.querySelectorAll('tbody tr').length > 8 && "
            + "document.querySelectorAll('.bars button').length > 0"),
        ("jobs", "/jobs", "document.querySelectorAll('.job-list li').length >= 5"),
    ];

    public async Task<int> RunAsync(string[] arguments)
    {
        var folder = Directory.CreateDirectory(arguments.FirstOrDefault() ?? "docs/screenshots").FullName;
        var tracks = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] names = [.. Names.Select((name, at) => $"Zotify:Access:ApiKeys:{at}:Name={name}")];
        await using var server = new TestServer { Settings = [$"Zotify:Demo:Source={tracks}", TestServer.WithoutRequests, .. names] };
        using (var database = new LoggingDatabase(new DatabaseOptions(), server.PathOf("logs"), [new SqliteEngineFactory()]))
            await AuditHistory.WriteAsync(database, History, CancellationToken.None);
        await server.StartAsync(CancellationToken.None);
        await WorkAsync(server);
        foreach (var (isDark, width, height) in ((bool, int, int)[])[(false, 1280, 800), (true, 1280, 800), (false, 390, 780), (true, 390, 780)])
        {
            await using var open = await OpenPage.OnAsync(server, "/docs/", isDark: isDark, width: width, height: height);
            foreach (var (name, address, isThere) in Views)
                await ShootAsync(open, address, isThere, Path.Combine(folder, Name(name, isDark, width)));
        }

        await SharedBrowser.StopAsync();
        return 0;
    }

    private static string Name(string view, bool isDark, int width) =>
        $"{view}-{(isDark ? "dark" : "light")}-{(width > 500 ? "wide" : "narrow")}.png";

    /// <summary>
    /// The actions of operators and the sample: sign-ins, failed ones, changed settings, completed syncs, one that a stop interrupts, and
    /// one that runs.
    /// </summary>
    private static async Task WorkAsync(TestServer server)
    {
        using (var client = server.Client())
        {
            await SignInAsync(client, TestServer.AllKey, TestServer.SystemKey, "wrong", TestServer.AuditKey, TestServer.JobsKey);
            await ChangePauseAsync(client, 0);
            for (var i = 0; i < 4; i++) await TestServer.SyncAsync(client, CancellationToken.None);
            await ChangePauseAsync(client, 100);
            await StartSyncAsync(client, "Track 20/");
        }

        await server.RestartAsync(CancellationToken.None);
        using var again = server.Client();
        await TestServer.SyncAsync(again, CancellationToken.None);
        await ChangePauseAsync(again, 400);
        await StartSyncAsync(again, "Track 7/");
        await SignInAsync(again, "wrong", "wrong");
    }

    private static async Task SignInAsync(HttpClient client, params string[] keys)
    {
        foreach (var key in keys) using (await client.PostAsJsonAsync("/session", new { key })) { }
    }

    private static async Task StartSyncAsync(HttpClient client, string until)
    {
        using var asked = await client.PostAsync("/api/demo/sync", null);
        using var stream = new StreamReader(await client.GetStreamAsync("/api/logs/system/stream"));
        while (!(await stream.ReadLineAsync())!.Contains(until, StringComparison.Ordinal))
        {
        }
    }

    private static async Task ChangePauseAsync(HttpClient client, int milliseconds)
    {
        using var changed = await client.PutAsJsonAsync("/api/demo/settings", new { pause_ms = milliseconds });
        changed.EnsureSuccessStatusCode();
    }

    private static async Task ShootAsync(OpenPage open, string address, string isThere, string file)
    {
        await open.Page.GotoAsync(address);
        await open.HoldsAsync(isThere);
        await open.Page.EvaluateAsync("document.fonts.ready.then(() => true)");
        await open.Page.ScreenshotAsync(new PageScreenshotOptions { Path = file });
    }
}
