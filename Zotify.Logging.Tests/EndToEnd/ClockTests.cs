using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>Which clock the logging uses, in real hosts.</summary>
[TestClass]
public sealed class ClockTests
{
    /// <summary>Longer than any retry. A clock that stands still would stop the test for ever.</summary>
    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public async Task A_clock_of_the_application_that_stands_still_stops_neither_retries_nor_the_end()
    {
        var blocked = _folder.PathOf("blocked");
        await File.WriteAllTextAsync(blocked, "a file where a folder is expected", Cancellation);
        var database = Path.Combine(blocked, "zotify.db");
        var host = Build(services => services.AddSingleton<TimeProvider>(new FakeTimeProvider()), database);
        await host.StartAsync(Cancellation).WaitAsync(TestTimeout, Cancellation);
        Logger(host).LogInformation("Row {Done} of {JobId}", 1, "import");

        File.Delete(blocked);
        var service = host.Services.GetRequiredService<LoggingService>();
        await service.FlushAsync(FlushTo.Database, Cancellation).WaitAsync(TestTimeout, Cancellation);
        Assert.AreEqual(1, DatabaseFile.Scalar(database, "SELECT entries FROM jobs WHERE job_id = 'import'"));
        await host.StopAsync(Cancellation).WaitAsync(TestTimeout, Cancellation);
        await Task.Run(host.Dispose, Cancellation).WaitAsync(TestTimeout, Cancellation);
    }

    [TestMethod]
    public async Task An_end_with_the_database_away_returns_though_the_applications_clock_stands_still()
    {
        await File.WriteAllTextAsync(_folder.PathOf("blocked"), "a file where a folder is expected", Cancellation);
        var host = Build(
            services => services.AddSingleton<TimeProvider>(new FakeTimeProvider()), Path.Combine(_folder.PathOf("blocked"), "zotify.db"));
        await host.StartAsync(Cancellation).WaitAsync(TestTimeout, Cancellation);
        Logger(host).LogInformation("Row {Done} of {JobId}", 1, "import");
        await Task.Run(host.Dispose, Cancellation).WaitAsync(TestTimeout, Cancellation);
    }

    [TestMethod]
    public async Task A_clock_with_the_key_Zotify_is_the_loggings()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero));
        var ofTheApplication = new FakeTimeProvider(new DateTimeOffset(1999, 8, 7, 6, 5, 4, TimeSpan.Zero));
        var host = Build(
            services => services.AddSingleton<TimeProvider>(ofTheApplication).AddKeyedSingleton<TimeProvider>("Zotify", time),
            _folder.PathOf("zotify.db"));
        using (host)
        {
            await host.StartAsync(Cancellation);
            Logger(host).LogInformation("By the clock");
            await host.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database, Cancellation);
        }

        var line = await File.ReadAllTextAsync(_folder.PathOf("logs/zotify_api.log"), Cancellation);
        StringAssert.StartsWith(line, "2001-02-03T04:05:06.0000000Z [INF]", StringComparison.Ordinal);
    }

    private IHost Build(Action<IServiceCollection> add, string database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = _folder.Path, ApplicationName = "clock" });
        add(builder.Services);
        builder.Logging.AddZotify(options =>
        {
            options.Database.ConnectionString = $"Data Source={database}";
            options.ShutdownTimeout = TimeSpan.FromSeconds(1);
        });
        return builder.Build();
    }

    private static ILogger Logger(IHost host) => host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
}
