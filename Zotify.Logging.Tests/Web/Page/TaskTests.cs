using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>The tasks of <c>docs/page.md</c>, performed: each takes as many clicks, keys and texts as the table there says.</summary>
[TestClass]
public sealed class TaskTests
{
    private static readonly EventId Acted = new(1, "user.act");

    /// <summary>Each task: its name in the table, where it begins, what is done, and what must be seen then.</summary>
    private static readonly (string Name, string From, Func<Hand, Task> Do, string Seen)[] Tasks =
    [
        ("See whether all is well", "/", _ => Task.CompletedTask, "document.getElementById('health').textContent === 'All is well'"),
        ("Follow only warnings and worse", "/", hand => hand.ChooseAsync("Level", "Warning"),
            "Lines().includes('the disk is nearly full') && !Lines().includes('Noise 1')"),
        ("Hide a noisy category", "/", async hand => { await hand.ClickAsync(".row .from", "Noisy"); await hand.MenuAsync("Not this"); },
            "Lines().includes('Parcel 1 sent') && !Lines().includes('Noise')"),
        ("Find a text", "/", async hand => { await hand.PressAsync("/"); await hand.TypeAsync("Parcel"); },
            "Lines().includes('Parcel 1 sent') && !Lines().includes('Noise')"),
        ("See what was logged around a found line", "/?q=nearly", async hand =>
            { await hand.ClickAsync(".line-message", "the disk is nearly full"); await hand.LinkAsync("In its context"); },
            "Lines().includes('Noise 1') && document.querySelector('#selected-line')?.textContent.includes('nearly full')"),
        ("Copy a link to a line", "/?q=nearly", async hand =>
            { await hand.ClickAsync(".line-message", "the disk is nearly full"); await hand.ButtonAsync("Copy link"); },
            "document.querySelector('.drawer').textContent.includes('Copied')"),
        ("Go to a time", "/", async hand =>
            { await hand.ClickAsync("input[name=since]"); await hand.TypeAsync("1h"); await hand.PressAsync("Enter"); },
            "document.getElementById('connection').textContent.startsWith('Held at')"),
        ("See all lines of one request", "/?q=within", async hand =>
            {
                await hand.ClickAsync(".line-message", "within a request");
                await hand.ClickAsync(".drawer dt:text-is('Trace') + dd button");
                await hand.MenuAsync("Only this");
            },
            "document.querySelectorAll('.chip').length === 1"),
        ("Go from a line to the audit events of its request", "/?q=within", async hand =>
            { await hand.ClickAsync(".line-message", "within a request"); await hand.LinkAsync("Audit events of this trace"); },
            "location.pathname === '/audit' && document.querySelectorAll('tbody tr').length === 1"),
        ("Go from a line to its job", "/?q=broken", async hand =>
            { await hand.ClickAsync(".line-message", "Row 2 is broken"); await hand.LinkAsync("The job"); },
            "location.pathname === '/jobs/failed' && document.querySelector('h1').textContent === 'failed'"),
        ("See all system lines of one job", "/jobs/failed", hand => hand.LinkAsync("System lines"),
            "location.pathname === '/' && Lines().includes('Row 2 is broken') && !Lines().includes('Noise')"),
        ("See only what one user did", "/audit?event_type=user.act", async hand =>
            { await hand.ClickAsync("td.who button", "u1"); await hand.MenuAsync("Only this"); },
            "document.querySelectorAll('tbody tr').length === 1"),
        ("See what a change changed", "/audit?event_type=config.changed", hand => hand.ClickAsync("td.what"),
            "document.querySelector('.changed del').textContent === '10' && document.querySelector('.changed ins').textContent === '20'"),
        ("Export what is shown", "/audit?event_type=user.act", hand => hand.LinkAsync("CSV"), "true"),
        ("Prove that nothing was changed", "/audit", hand => hand.ButtonAsync("Verify"), "document.querySelector('[data-status=valid]')"),
        ("Find why the last job failed", "/jobs", hand => hand.ClickAsync("[data-part=ended] .name a"),
            "document.querySelector('#selected-line')?.textContent.includes('Row 2 is broken')"),
        ("See how earlier runs went", "/jobs", async hand =>
            { await hand.ClickAsync(".job-list .type button", "import"); await hand.MenuAsync("Only this"); },
            "document.querySelectorAll('.runs a').length === 2"),
        ("Download a job's log", "/jobs/failed", hand => hand.LinkAsync("Download"), "true"),
        ("Keep a view", "/?level=Warning", async hand =>
            { await hand.ButtonAsync("Views"); await hand.TypeAsync("Trouble"); await hand.PressAsync("Enter"); },
            "document.querySelector('.views').textContent.includes('Trouble')"),
        ("Open a kept view", "/audit", async hand => { await hand.ButtonAsync("Views"); await hand.LinkAsync("Trouble"); },
            "location.search === '?level=Warning'"),
    ];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Every_task_takes_what_the_guide_says()
    {
        await using var server = await new TestServer { Settings = [TestServer.WithoutRequests, "Logging:Zotify:Handlers:System:Format=Json"] }.StartAsync(Cancellation);
        Log(server);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/health/live");
        await open.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await open.Page.Context.AddInitScriptAsync(
            "window.Lines = () => [...document.querySelectorAll('.line-message')].map(line => line.textContent).join();");
        var done = new List<string>();
        foreach (var (name, from, perform, seen) in Tasks)
        {
            await open.Page.GotoAsync(from);
            await open.HoldsAsync("document.querySelector('main .row, main tbody tr, main .job-list li')");
            await open.HoldsAsync("document.querySelector('#handlers li')");
            var hand = new Hand(open);
            await perform(hand);
            await open.HoldsAsync(seen);
            done.Add(string.Create(CultureInfo.InvariantCulture, $"| {name} | {hand.Clicks} | {hand.Keys} | {hand.Texts} |"));
        }

        var guide = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "page.md"), Cancellation);
        var table = guide.SkipWhile(line => !line.StartsWith("| Task ", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith("| ", StringComparison.Ordinal));
        Assert.AreEqual(string.Join('\n', table), string.Join('\n', done));
    }

    private static void Log(TestServer server)
    {
        for (var i = 1; i <= 3; i++) server.Logger("Noisy").LogInformation("Noise {Number}", i);
        server.Logger("Shop").LogInformation("Parcel {Number} sent", 1);
        server.Logger("Shop").LogWarning("the disk is nearly full");
        using (var request = new System.Diagnostics.Activity("request").SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C).Start())
        {
            server.Logger("Shop").LogInformation("within a request");
            server.Logger("Shop").LogInformation(Acted, "{user_id} acted", "u1");
        }

        server.Logger("Shop").LogInformation(Acted, "{user_id} acted", "u2");
        server.Logger("Shop").LogInformation(
            new EventId(2, "config.changed"), "{user_id} changed {Name} from {OldValue} to {NewValue}", "u1", "limit", 10, 20);
        new JobLogger(server.Logger("Shop"), "good", "import").LogInformation(new EventId(3, "job.completed"), "Import completed");
        var failed = new JobLogger(server.Logger("Shop"), "failed", "import");
        failed.LogInformation("Row {Done}/{Total} imported", 1, 3);
        failed.LogError("Row {Number} is broken", 2);
        failed.LogError(new EventId(4, "job.failed"), "Import failed");
    }
}
