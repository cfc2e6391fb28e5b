using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Web.Configuration;

namespace Zotify.Logging.Tests.Hosts;

/// <summary>The hosts of a test project: <c>WebApplicationFactory</c>, many at once, over the default directory.</summary>
[TestClass]
public sealed class ParallelHostsTests
{
    private const int Factories = 20;
    private const int RecordsOfEach = 50;

    private readonly SharedFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public async Task Twenty_factories_in_parallel_over_one_default_directory_write_each_line_once_and_the_last_one_closes()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Root, "appsettings.json"), """{"Logging":{"Console":{"LogLevel":{"Default":"None"}}}}""", Cancellation);
        await Task.WhenAll(Enumerable.Range(0, Factories).Select(factory => Task.Run(() => RunAsync(factory), Cancellation)));

        // Another process can take the directory at once.
        await using (var other = ChildProcess.Run<HoldDirectory>(_folder.Root, "another process"))
        {
            Assert.AreEqual("holding", await other.ReadLineAsync(Cancellation));
            other.CloseInput();
            Assert.AreEqual((0, "", ""), await other.EndAsync(Cancellation));
        }

        var expected = Enumerable.Range(0, Factories * RecordsOfEach).ToArray();
        CollectionAssert.AreEquivalent(expected, _folder.SystemNumbers);
        CollectionAssert.AreEquivalent(expected, _folder.AuditNumbers);
        CollectionAssert.AreEquivalent(expected, _folder.JobNumbers);
        _folder.AssertWhole();
        Assert.AreEqual("audit.stopped", _folder.EventTypes[^1]);
    }

    private async Task RunAsync(int number)
    {
        await using var root = new WebApplicationFactory<ProgramOptions>();
        await using var factory = root.WithWebHostBuilder(builder => builder.UseContentRoot(_folder.Root));
        using var client = factory.CreateClient();
        Assert.AreEqual("Healthy", await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Cancellation));
        for (var i = 0; i < RecordsOfEach; i++) SharedFolder.LogAll(factory.Services, (number * RecordsOfEach) + i);
    }
}
