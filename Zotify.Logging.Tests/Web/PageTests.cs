using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;
using Zotify.Logging.Web.Security;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class PageTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_page_signs_in_shows_the_live_log_as_text_and_watches_a_sync()
    {
        await using var server = new TestServer();
        await File.WriteAllTextAsync(Path.Combine(server.SourceFolder, "track.ogg"), "sound", Cancellation);
        await server.StartAsync(Cancellation);
        await using var browser = await OpenAsync(server.Url + "/");
        await browser.WaitForAsync("!document.getElementById('sign-in').hidden", Cancellation);
        await SignInAsync(browser, "wrong");
        await browser.WaitForAsync("document.getElementById('status').textContent.includes('not known')", Cancellation);
        await SignInAsync(browser, TestServer.AllKey);
        await browser.WaitForAsync("!document.getElementById('live').hidden", Cancellation);

        server.Logger("Tests").LogWarning("{Markup}", "<img src=x onerror=document.title='forged'>");
        await browser.WaitForAsync("[...document.querySelectorAll('#lines li.Warning')].some(line => line.textContent.includes('<img src=x'))", Cancellation);
        Assert.AreEqual("Zotify logging", (await browser.EvaluateAsync("document.title", Cancellation)).GetString());
        Assert.AreEqual(0, (await browser.EvaluateAsync("document.images.length", Cancellation)).GetInt32());

        await browser.EvaluateAsync("document.getElementById('sync').click()", Cancellation);
        await browser.WaitForAsync("document.getElementById('job').textContent.includes('completed, 1/1')", Cancellation);
    }

    [TestMethod]
    public async Task The_link_opens_the_page_signed_in()
    {
        await using var server = await new TestServer { HasKeys = false }.StartAsync(Cancellation);
        var token = server.App.Services.GetRequiredService<SignInLink>().Issue();
        await using var browser = await OpenAsync($"{server.Url}/", $"{server.Url}/sign-in?token={token}");
        await browser.WaitForAsync("document.getElementById('user').textContent === 'local'", Cancellation);
        Assert.IsTrue((await browser.EvaluateAsync("document.getElementById('sign-in').hidden", Cancellation)).GetBoolean());
    }

    [TestMethod]
    public async Task The_reference_shows_the_api_from_here_alone_to_who_is_signed_in()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var browser = await OpenAsync($"{server.Url}/docs/", $"{server.Url}/docs");
        await browser.WaitForAsync("document.getElementById('status').textContent.startsWith('Sign in')", Cancellation);
        await browser.EvaluateAsync(
            $"fetch('/session', {{ method: 'POST', headers: {{ 'Content-Type': 'application/json' }}, body: '{{\"key\":\"{TestServer.JobsKey}\"}}' }}).then(() => location.reload())", Cancellation);
        await browser.WaitForAsync("document.getElementById('reference').textContent.includes('/api/logs/system/stream')", Cancellation);
        Assert.AreEqual("", (await browser.EvaluateAsync(
            "performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.startsWith(location.origin) && !name.startsWith('data:')).join()", Cancellation)).GetString());
    }

    private async Task<Browser> OpenAsync(string lands, string? url = null)
    {
        if (Browser.Find() is not { } executable)
        {
            Assert.Inconclusive("No chromium on the PATH; .ci/run installs it.");
            throw new InvalidOperationException();
        }

        var browser = new Browser();
        await browser.OpenAsync(executable, url ?? lands, lands, Cancellation);
        return browser;
    }

    private async Task SignInAsync(Browser browser, string key) => await browser.EvaluateAsync(
        $"document.getElementById('key').value = {JsonSerializer.Serialize(key)}; document.getElementById('sign-in').requestSubmit()", Cancellation);
}
