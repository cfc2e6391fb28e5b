using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Zotify.Logging.AspNetCore.Endpoints.Audit;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class SearchWarmUpTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task It_reads_and_logs_nothing()
    {
        await using var shop = await new OtherApplication().StartAsync(Cancellation);
        await WarmUpOf(shop).Ended.WaitAsync(Cancellation);
        using var user = shop.Client("ada", "scope=logs:audit");
        using var answer = JsonDocument.Parse(await user.GetStringAsync("/api/logs/audit", Cancellation));
        var types = answer.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("event_type").GetString());
        Assert.AreEqual("audit.started", string.Join(' ', types));
    }

    [TestMethod]
    public async Task An_application_without_the_endpoints_does_not_pay_for_it()
    {
        await using var shop = await new OtherApplication { Map = _ => { } }.StartAsync(Cancellation);
        Assert.AreSame(Task.CompletedTask, WarmUpOf(shop).Ended);
    }

    private static SearchWarmUp WarmUpOf(OtherApplication shop) =>
        shop.App.Services.GetServices<IHostedService>().OfType<SearchWarmUp>().Single();
}
