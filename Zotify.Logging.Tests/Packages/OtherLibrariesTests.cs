using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Packages;

/// <summary>Other libraries, with their own states and formatters, together with this one.</summary>
[TestClass]
public sealed class OtherLibrariesTests
{
    private const string Executed = "Executed DbCommand";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Serilog_with_writeToProviders_keeps_its_text_but_for_the_secrets()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        using var providers = new LoggerProviderCollection();
        foreach (var provider in host.Services.GetServices<ILoggerProvider>()) providers.AddProvider(provider);
        await using var serilog = new LoggerConfiguration().WriteTo.Providers(providers).CreateLogger();
        using var factory = new SerilogLoggerFactory(serilog, dispose: false);
        var logger = factory.CreateLogger("Shop.Orders");

        logger.LogInformation("User {User} paid {Amount:0.00} with {Token}", "alice", 5m, "geheim");
        var form = new Dictionary<string, string> { ["password"] = "geheim", ["name"] = "n" };
        logger.LogInformation("User {User} paid {Items} in {@Form}", "alice", new[] { 1, 2 }, form);
        logger.LogInformation("User {User} paid", "alice");
        await host.FlushAsync(FlushTo.Disk, Cancellation);

        var lines = MessagesFrom(host, "User ");
        Assert.HasCount(3, lines);
        Assert.AreEqual("User \"alice\" paid 5.00 with \"[REDACTED]\"", lines[0]);
        StringAssert.StartsWith(lines[1], "User \"alice\" paid [1, 2] in ", StringComparison.Ordinal);
        Assert.AreEqual("User \"alice\" paid", lines[2]);
    }

    [TestMethod]
    public async Task The_commands_of_EF_Core_read_as_they_are_but_for_what_is_redacted()
    {
        using var others = new CollectingProvider { Prefix = "Microsoft.EntityFrameworkCore.Database.Command" };
        await using var host = await new TestHost(("Logging:Zotify:Redact:0", "parameters"))
        {
            Logging = logging => logging.AddProvider(others),
        }.StartAsync(Cancellation);
        var loggers = host.Services.GetRequiredService<ILoggerFactory>();
        var options = new DbContextOptionsBuilder<Shop>().UseSqlite("Data Source=:memory:").UseLoggerFactory(loggers).Options;
        await using (var shop = new Shop(options))
        {
            await shop.Database.OpenConnectionAsync(Cancellation);
            await shop.Database.EnsureCreatedAsync(Cancellation);
            shop.Add(new Order { Id = 1, Buyer = "alice" });
            await shop.SaveChangesAsync(Cancellation);
            var buyer = "alice";
            Assert.AreEqual(1, await shop.Orders.CountAsync(order => order.Buyer == buyer, Cancellation));
        }

        await host.FlushAsync(FlushTo.Disk, Cancellation);
        var commands = others.Messages.Where(message => message.StartsWith(Executed, StringComparison.Ordinal));
        var expected = commands.Select(message =>
        {
            var start = message.IndexOf("[Parameters=[", StringComparison.Ordinal) + "[Parameters=[".Length;
            return message[..start] + "[REDACTED]" + message[message.IndexOf("], CommandType=", StringComparison.Ordinal)..];
        }).ToArray();
        Assert.IsGreaterThan(2, expected.Length);
        CollectionAssert.AreEqual(Array.ConvertAll(expected, message => message.ReplaceLineEndings("\\n")), MessagesFrom(host, Executed));
    }

    private static string[] MessagesFrom(TestHost host, string start) => [.. host.SystemLines
        .Where(line => line.Contains(start, StringComparison.Ordinal))
        .Select(line => line[line.IndexOf(start, StringComparison.Ordinal)..])];

    internal sealed class Order
    {
        public int Id { get; set; }

        public required string Buyer { get; set; }
    }

    private sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();
    }
}
