using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Configuration;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using Zotify.Logging.Tests.Queries;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>A merged stream says how many lines its sources lack that were logged before it, as the stream of one log does.</summary>
[TestClass]
public sealed class MissingLinesTests
{
    private const string Cursor = "0123456789abcdef.0";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task What_own_and_other_sources_lack_is_told_together()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(SystemLogFolder.Numbered(1, 3));
        await using var other = await AnswerAsync(behind: 2);
        using var log = new MergedLog(
            [
                new FileSource("a", new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites(7)), null),
                new RemoteSource(new MergedSource("b", null, new Uri($"{other.Urls.Single()}/"), "key"), TimeProvider.System),
            ],
            TimeProvider.System);

        var all = await ReadAsync(log, new SystemLogQuery { Follow = false });
        Assert.AreEqual(9, all[0].Behind, "it is known before the answer begins");
        var items = all.SelectMany(block => block.Items).ToArray();
        Assert.AreEqual(9, ((LogBehind<SystemLogEntry>)items[0]).Behind);
        Assert.HasCount(3, items.OfType<SystemLogEntry>());
        Assert.AreEqual(7, (await ReadAsync(log, new SystemLogQuery { Follow = false, Tail = 1, Instances = ["a"] }))[0].Behind);
        var before = await ReadAsync(log, new SystemLogQuery { Before = items[^1].Cursor });
        Assert.AreEqual(0, before.Sum(block => block.Behind), "what is missing is newer than a cursor");
        Assert.IsFalse(before.SelectMany(block => block.Items).Any(item => item is LogBehind<SystemLogEntry>));
    }

    /// <summary>An instance whose log has no lines, and lacks some.</summary>
    private async Task<WebApplication> AnswerAsync(int behind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["Zotify-Behind"] = $"{behind}";
            return context.Response.WriteAsync($"id: {Cursor}\n\n");
        });
        await app.StartAsync(Cancellation);
        return app;
    }

    private ValueTask<List<LogBlock<SystemLogEntry>>> ReadAsync(MergedLog log, SystemLogQuery query) =>
        log.ReadBlocksAsync(query with { Instances = [] }, log.Select(query.Instances, []), Cancellation).ToListAsync(Cancellation);
}
