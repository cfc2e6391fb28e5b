using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Hosts;

/// <summary>Several containers and hosts of one process use one log directory.</summary>
[TestClass]
public sealed class SharedDirectoryTests
{
    private static readonly EventId Login = new(1001, "user.login");

    private readonly SharedFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public async Task Two_hosts_at_once_write_each_line_once_and_the_last_one_closes()
    {
        var first = await _folder.Host().StartAsync(Cancellation);
        var second = await _folder.Host().StartAsync(Cancellation);
        for (var i = 0; i < 100; i++) SharedFolder.LogAll((i % 2 == 0 ? first : second).Services, i);

        await first.DisposeAsync();
        // The first one's records are in the database, while the second continues.
        Assert.AreEqual(50, _folder.Scalar("SELECT COUNT(*) FROM audit_events WHERE CAST(details ->> '$.number' AS INTEGER) % 2 = 0"));
        Assert.IsFalse(_folder.IsFree());
        SharedFolder.LogAll(second.Services, 100);
        await second.DisposeAsync();

        Assert.IsTrue(_folder.IsFree());
        CollectionAssert.AreEquivalent(
            Enumerable.Range(0, 101).Select(i => $"Number {i} of j1").ToArray(), Numbers());
        CollectionAssert.AreEqual(
            Enumerable.Repeat("user.counted", 101).Prepend("audit.started").Append("audit.stopped").ToArray(), _folder.EventTypes);
        _folder.AssertWhole();
        Assert.AreEqual("", _folder.Stderr.ToString() + first.Stderr + second.Stderr);
    }

    [TestMethod]
    public async Task A_container_that_is_built_during_registration_and_forgotten_holds_nothing_up()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.Root });
        builder.Logging.AddZotify();
        // As an application that builds a container to register a service, and forgets it.
        var temporary = builder.Services.BuildServiceProvider();
        temporary.GetRequiredService<ILogger<SharedDirectoryTests>>().LogInformation(Login, "while it is registered");
        using (var host = builder.Build())
        {
            await host.StartAsync(Cancellation);
            host.Services.GetRequiredService<ILogger<SharedDirectoryTests>>().LogInformation(Login, "by the host");
            await host.StopAsync(Cancellation);
        }

        Assert.IsTrue(_folder.IsFree());
        CollectionAssert.AreEqual(new[] { "audit.started", "user.login", "user.login", "audit.stopped" }, _folder.EventTypes);

        // Its holder can still log.
        temporary.GetRequiredService<ILogger<SharedDirectoryTests>>().LogInformation(Login, "after the host");
        await temporary.DisposeAsync();
        Assert.IsTrue(_folder.IsFree());
        Assert.AreEqual(3, _folder.EventTypes.Count(type => type == "user.login"));
        _folder.AssertWhole();
    }

    [TestMethod]
    public async Task A_bootstrap_factory_beside_the_host_keeps_the_order_of_its_thread()
    {
        using var bootstrap = LoggerFactory.Create(logging => logging.AddZotify(options => options.Directory = _folder.Directory));
        var early = bootstrap.CreateLogger("Bootstrap");
        early.LogInformation("1: starting");
        await using (var host = await _folder.Host().StartAsync(Cancellation))
        {
            host.Logger("Bootstrap").LogInformation("2: by the host");
            early.LogInformation("3: by the bootstrap factory");
            host.Logger("Bootstrap").LogInformation("4: by the host");
        }

        early.LogInformation("5: stopped");
        bootstrap.Dispose();
        string[] messages = [.. _folder.SystemLines.Select(line => Regex.Match(line, "[0-9]: .*$").Value).Where(text => text.Length > 0)];
        CollectionAssert.AreEqual(
            new[] { "1: starting", "2: by the host", "3: by the bootstrap factory", "4: by the host", "5: stopped" }, messages);
        Assert.IsTrue(_folder.IsFree());
    }

    [TestMethod]
    public async Task The_same_directory_under_another_name_is_the_same_directory()
    {
        Directory.CreateDirectory(_folder.Directory);
        var link = Path.Combine(_folder.Root, "linked");
        Directory.CreateSymbolicLink(link, _folder.Directory);
        await using var first = _folder.Container();
        await using var second = _folder.Container(directory: link);
        SharedFolder.LogAll(first, 1);
        SharedFolder.LogAll(second, 2);
        await first.DisposeAsync();
        await second.DisposeAsync();
        CollectionAssert.AreEqual(new[] { "audit.started", "user.counted", "user.counted", "audit.stopped" }, _folder.EventTypes);
        Assert.IsTrue(_folder.IsFree());
        Assert.AreEqual("", _folder.Stderr.ToString());
    }

    [TestMethod]
    public async Task Whoever_comes_while_the_last_one_closes_waits_for_that_and_opens_anew()
    {
        var disk = new FaultyDisk();
        await using var first = _folder.Host();
        var closing = await _folder.Host(logging => logging.UseDisk(disk)).StartAsync(Cancellation);
        closing.Logger().LogInformation(Login, "by the first");
        await closing.FlushAsync(FlushTo.Database, Cancellation);
        // The flushes until now: their lines are in the database.
        while (disk.FlushBegan.CurrentCount > 0) await disk.FlushBegan.WaitAsync(Cancellation);
        disk.FlushGate.Reset();
        closing.Logger().LogInformation(Login, "on its way to the disk");
        await disk.FlushBegan.WaitAsync(Cancellation);
        var disposal = closing.DisposeAsync().AsTask();
        var start = first.StartAsync(Cancellation);
        first.Logger();
        Assert.IsFalse(disposal.IsCompleted);
        Assert.IsFalse(start.IsCompleted);
        disk.FlushGate.Set();
        await disposal;
        await start;
        first.Logger().LogInformation(Login, "by the second");
        await first.DisposeAsync();

        CollectionAssert.AreEqual(
            new[] { "audit.started", "user.login", "user.login", "audit.stopped", "audit.started", "user.login", "audit.stopped" },
            _folder.EventTypes);
        _folder.AssertWhole();
    }

    [TestMethod]
    public async Task Metrics_count_a_shared_handler_once_and_a_commit_wakes_the_followers_of_all()
    {
        var first = await _folder.Host().StartAsync(Cancellation);
        await using var second = await _folder.Host().StartAsync(Cancellation);
        Assert.AreEqual((3, 0), (first.Service.MeasuredHandlers.Count(), second.Service.MeasuredHandlers.Count()));
        Assert.AreSame(
            first.Services.GetRequiredService<LoggingDatabase>().Commits, second.Services.GetRequiredService<LoggingDatabase>().Commits);
        await first.DisposeAsync();
        Assert.AreEqual(3, second.Service.MeasuredHandlers.Count());
    }

    [TestMethod]
    public async Task A_late_line_does_not_bring_a_deleted_directory_back()
    {
        var services = _folder.Container();
        var logger = services.GetRequiredService<ILogger<SharedDirectoryTests>>();
        var service = services.GetRequiredService<LoggingService>();
        logger.LogInformation("in time");
        await services.DisposeAsync();
        logger.LogInformation("late, and written");
        // First written, then closed: to look whether the lock is free takes it.
        while (_folder.SystemLines.Length < 2) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation);
        while (!_folder.IsFree()) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation);

        Directory.Delete(_folder.Directory, recursive: true);
        for (var i = 0; i < 2; i++) logger.LogInformation("late, and counted");
        Assert.IsFalse(_folder.Exists);
        Assert.AreEqual(2, service.Handlers.Single(handler => handler.Name == "System").Dropped[DropReason.AlreadyShutdown]);
        Assert.AreEqual(
            "zotify-logging: System: final: a record came after the end and is not written; further ones are counted\n",
            _folder.Stderr.ToString().ReplaceLineEndings("\n"));
    }

    private string[] Numbers() =>
        [.. _folder.SystemLines.Where(line => line.Contains("Number ", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("Number ", StringComparison.Ordinal)..])];
}
