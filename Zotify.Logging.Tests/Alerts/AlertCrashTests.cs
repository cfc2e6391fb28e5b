using System.Globalization;
using Microsoft.AspNetCore.Http;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>
/// A program that is killed at random moments, and a receiver that is away most of the time. At full size, a thousand firings and a hundred
/// kills.
/// </summary>
[TestClass]
public sealed class AlertCrashTests
{
    private const int Kills = 5;
    private const int FiringsAKill = 10;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(580_000, CooperativeCancellation = true)]
    public async Task Each_firing_arrives_none_is_invented_and_a_repeated_one_has_its_id()
    {
        var random = new Random(20261130);
        var (kills, firings) = (Kills * TestScale.Factor, Kills * TestScale.Factor * FiringsAKill);
        var receiver = await AlertReceiver.StartAsync();
        // The receiver is away, and back for every fifth run. Nobody else can take its address meanwhile.
        await using var relay = new TcpRelay();
        var url = relay.Url + new Uri(receiver.Url).AbsolutePath;
        try
        {
            await receiver.DisposeAsync();
            for (var kill = 0; kill < kills; kill++)
            {
                var isUp = kill % 5 == 3;
                if (isUp) receiver = await AtAsync(relay, receiver);
                await using var writer = Writer(url, kill * FiringsAKill, FiringsAKill);
                Assert.AreEqual(AlertingWriter.Logged, await writer.ReadLineAsync(Cancellation));
                // While it evaluates, stores and sends.
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(400)), TimeProvider.System, Cancellation);
                await writer.KillAsync(Cancellation);
                relay.Cut();
                if (isUp) await receiver.DisposeAsync();
            }

            receiver = await AtAsync(relay, receiver);
            await using var last = Writer(url, 0, 0);
            await receiver.WhenAsync(
                all => Logins(all).Where(alert => alert.IsAccepted).DistinctBy(UserOf).Count() == firings, Cancellation);
        }
        finally
        {
            await receiver.DisposeAsync();
        }

        var received = receiver.Received;
        var logins = Logins(received).ToList();
        Assert.IsEmpty(received.Where(alert => alert.Id.StartsWith("forged", StringComparison.Ordinal)));
        CollectionAssert.AreEqual(
            Enumerable.Range(0, firings).ToArray(), logins.Select(UserOf).Distinct().Order().ToArray(), "each arrives, and no other");
        Assert.AreEqual(firings, logins.DistinctBy(alert => (UserOf(alert), alert.Id, alert.Body)).Count(), "a repeated one has its id");
        Assert.IsGreaterThan(firings, logins.Count, "some were repeated, because the receiver asked for that");
        TestContext.WriteLine($"{kills} kills, {firings} firings, {logins.Count} attempts that arrived");
    }

    /// <summary>A receiver that refuses the first attempt of every third message.</summary>
    private static async Task<AlertReceiver> AtAsync(TcpRelay relay, AlertReceiver former)
    {
        var receiver = await AlertReceiver.StartAsync(former);
        receiver.Answers = (_, alert) => Logins([alert]).Any() && UserOf(alert) % 3 == 0 && receiver.Received.All(known => known.Id != alert.Id)
            ? StatusCodes.Status400BadRequest
            : StatusCodes.Status204NoContent;
        relay.LeadTo(receiver.Url);
        return receiver;
    }

    private static IEnumerable<ReceivedAlert> Logins(IEnumerable<ReceivedAlert> alerts) => alerts.Where(alert => alert.Alert == "login");

    private static int UserOf(ReceivedAlert alert) => int.Parse(
        alert.Data.GetProperty("event").GetProperty("user_id").GetString()!, CultureInfo.InvariantCulture);

    private ChildProcess Writer(string url, int first, int count) => ChildProcess.Run<AlertingWriter>(
        _folder.Path, url, first.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));
}
