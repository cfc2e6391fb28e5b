using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Records;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class RoutingTests
{
    [TestMethod]
    public async Task A_handler_gets_the_levels_from_its_minimum_up()
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(handler, new LogHandlerOptions { MinimumLevel = LogLevel.Warning });

        test.Logger().LogInformation("too low");
        test.Logger().LogWarning("just right");
        test.Logger().LogCritical("higher");
        await test.Service.FlushAsync(FlushTo.Disk, CancellationToken.None);

        CollectionAssert.AreEqual(new[] { "just right", "higher" }, handler.Messages.ToArray());
    }

    [TestMethod]
    public async Task Categories_are_prefixes_and_the_excluded_win()
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest()
            .With(handler, new LogHandlerOptions { Categories = ["zotify."], ExcludeCategories = ["Zotify.Noise"] });

        test.Logger("Zotify.Sync").LogInformation("in");
        test.Logger("Zotify.Noise.Deep").LogInformation("excluded");
        test.Logger("Other").LogInformation("out");
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(new[] { "in" }, handler.Messages.ToArray());
    }

    [TestMethod]
    public async Task Events_choose_among_handlers()
    {
        var users = new CollectingHandler();
        var all = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(users, new LogHandlerOptions { EventTypes = ["user.*"] }).With(all);

        test.Logger().LogInformation(new EventId(1001, "user.login"), "login");
        test.Logger().LogInformation(new EventId(7, "Name"), "other");
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(new[] { "login" }, users.Messages.ToArray());
        CollectionAssert.AreEqual(new[] { "login", "other" }, all.Messages.ToArray());
    }

    [TestMethod]
    public async Task A_scope_key_is_found_in_scopes_and_properties_however_it_is_spelled()
    {
        var jobs = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(jobs, new LogHandlerOptions { ScopeKey = "job_id" });
        var logger = test.Logger();

        logger.LogInformation("no job");
        logger.LogInformation("property {JobId}", 1);
        using (logger.BeginScope(new Dictionary<string, object> { ["job-id"] = 2 })) logger.LogInformation("dictionary scope");
        using (logger.BeginScope("Job {jobId}", 3))
        using (logger.BeginScope("inner"))
            logger.LogInformation("template scope");
        using (logger.BeginScope(new KeyValuePair<string, object?>("JOB_ID", 4))) logger.LogInformation("pair scope");
        using (logger.BeginScope(KeyValuePair.Create("job_id", "5"))) logger.LogInformation("typed pair scope");
        using (logger.BeginScope(("job_id", 6))) logger.LogInformation("tuple scope");
        using (logger.BeginScope(new List<KeyValuePair<string, string>> { new("job_id", "7") })) logger.LogInformation("list scope");
        using (logger.BeginScope(new[] { ("other", 1), ("job_id", 8) })) logger.LogInformation("tuples scope");
        logger.LogInformation("destructured {@job_id}", 9);
        logger.LogInformation("stringified {$JobId}", 10);
        logger.LogInformation("no job again");
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(
            new[]
            {
                "property 1", "dictionary scope", "template scope", "pair scope", "typed pair scope", "tuple scope", "list scope",
                "tuples scope", "destructured 9", "stringified 10",
            },
            jobs.Messages.ToArray());
        // Searched parts were captured, too.
        var ids = jobs.Records.Skip(1).Take(7).Select(record => record.Scope.First(pair => PropertyNames.Same(pair.Key, "job_id")).Value);
        CollectionAssert.AreEqual(new object?[] { 2, 3, 4, "5", 6, "7", 8 }, ids.ToArray());
    }

    [TestMethod]
    public async Task IsEnabled_is_true_only_where_some_handler_would_take_the_record()
    {
        await using var test = new ServiceUnderTest()
            .With(new CollectingHandler(), new LogHandlerOptions { MinimumLevel = LogLevel.Error })
            .With(new CollectingHandler(), new LogHandlerOptions { MinimumLevel = LogLevel.Debug, Categories = ["A"] })
            .With(new CollectingHandler(), new LogHandlerOptions { Enabled = false, MinimumLevel = LogLevel.Trace });

        Assert.IsTrue(test.Logger("A").IsEnabled(LogLevel.Debug));
        Assert.IsFalse(test.Logger("A").IsEnabled(LogLevel.Trace));
        Assert.IsFalse(test.Logger("B").IsEnabled(LogLevel.Warning));
        Assert.IsTrue(test.Logger("B").IsEnabled(LogLevel.Error));
        Assert.IsFalse(test.Logger("B").IsEnabled(LogLevel.None));
    }

    [TestMethod]
    public async Task A_change_of_the_settings_applies_to_existing_loggers()
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(handler, new LogHandlerOptions { MinimumLevel = LogLevel.Error });
        var logger = test.Logger();

        logger.LogInformation("before");
        test.Change("Handler1", new LogHandlerOptions { MinimumLevel = LogLevel.Information });
        logger.LogInformation("after");
        test.Change("Handler1", new LogHandlerOptions { Enabled = false });
        logger.LogCritical("disabled");
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(new[] { "after" }, handler.Messages.ToArray());
    }

    [TestMethod]
    public async Task Parts_that_no_handler_needs_are_not_captured()
    {
        var handler = new CollectingHandler { Wants = LogParts.Properties };
        await using var test = new ServiceUnderTest().With(handler);
        await test.Service.StartedAsync(CancellationToken.None);
        var formatted = false;

        test.Logger().Log(LogLevel.Information, default, "state", null, (state, _) =>
        {
            formatted = true;
            return state;
        });
        await test.Service.FlushAsync(FlushTo.Disk);

        Assert.IsFalse(formatted);
        Assert.AreEqual(1, handler.Records.Count);
    }
}
