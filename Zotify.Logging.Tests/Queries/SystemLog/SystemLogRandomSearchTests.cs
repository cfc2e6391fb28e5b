using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Terms;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>
/// Searches by random filters, terms and exclusions find what a plain loop finds: in lines of text and of JSON and in other text, over many
/// files, whatever their order in time.
/// </summary>
[TestClass]
public sealed class SystemLogRandomSearchTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task A_search_finds_what_a_plain_loop_over_the_lines_finds()
    {
        var random = new Random(17);
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (8_192, 1_000);
        var lines = Enumerable.Range(0, 300).Select(i => RandomLine.Next(random, i)).ToArray();
        await WriteAsync(folder, lines);
        Assert.IsGreaterThan(5, folder.Names.Length);
        for (var round = 0; round < 200 * TestScale.Factor; round++)
        {
            var (query, terms) = Query(random);
            var expected = lines.Where(line => line.Matches(query, terms)).ToList();
            var message = $"round {round}: {query}";
            var ids = expected.ConvertAll(line => line.Id);
            var all = random.Next(2) == 0 ? query with { Tail = int.MaxValue } : query with { Since = query.Since ?? DateTimeOffset.MinValue };
            CollectionAssert.AreEqual(ids, await FoundAsync(folder, all), message);
            var tail = random.Next(1, 20);
            CollectionAssert.AreEqual(ids.TakeLast(tail).ToArray(), await FoundAsync(folder, query with { Tail = tail }), message);
            if (round % 10 == 0) CollectionAssert.AreEqual(ids, await FoundInPagesAsync(folder, query, random), message);
            var counts = await folder.Tail().CountAsync(query, TimeSpan.FromMinutes(1), TestContext.CancellationToken);
            Assert.IsNull(counts.StoppedAt, message);
            CollectionAssert.AreEquivalent(
                expected.Where(line => line.Record is not null).GroupBy(line => line.Minute)
                    .Select(minute => (minute.Key, minute.LongCount())).ToArray(),
                counts.Items.Where(bucket => bucket.Count > 0).Select(bucket => (bucket.From, bucket.Count)).ToArray(),
                message);
        }
    }

    private static async Task WriteAsync(SystemLogFolder folder, RandomLine[] lines)
    {
        for (var i = 0; i < lines.Length;)
        {
            if (lines[i].Record is null)
            {
                folder.Append($"{lines[i++].Text}\n");
                continue;
            }

            folder.Options.Format = lines[i].Format;
            var records = lines.Skip(i).TakeWhile(line => line.Record is not null && line.Format == folder.Options.Format)
                .Select(line => line.Record!).ToArray();
            await folder.WriteAsync(records);
            i += records.Length;
        }
    }

    private static async Task<List<string>> FoundAsync(SystemLogFolder folder, SystemLogQuery query) =>
        [.. (await SystemLogReads.ReadAsync(folder, query)).Select(IdOf)];

    /// <summary>All that is found by going back, page by page and search by search.</summary>
    private static async Task<List<string>> FoundInPagesAsync(SystemLogFolder folder, SystemLogQuery query, Random random)
    {
        var tail = new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites())
        {
            Instance = () => "test", MostSearched = random.Next(1, 20_000),
        };
        var found = new List<string>();
        string? before = null;
        do
        {
            var items = await SystemLogReads.ReadAsync(tail, query with { Tail = random.Next(1, 10), Before = before });
            var stoppedAt = (items.FirstOrDefault() as LogIncomplete<SystemLogEntry>)?.Before;
            var entries = items.OfType<SystemLogEntry>().ToList();
            found.InsertRange(0, entries.Select(IdOf));
            before = stoppedAt ?? entries.FirstOrDefault()?.Cursor;
        }
        while (before is not null);
        return found;
    }

    private static string IdOf(LogItem<SystemLogEntry> item) =>
        (((SystemLogEntry)item).Message ?? ((SystemLogEntry)item).Text).Split(' ')[0];

    private static (SystemLogQuery Query, RandomTerms Terms) Query(Random random)
    {
        IReadOnlyList<string> Some(string[] values, int often) => random.Next(often) == 0 ? random.GetItems(values, random.Next(1, 3)) : [];
        DateTimeOffset? Time() => random.Next(4) == 0 ? SystemLogFolder.Time.AddSeconds(random.Next(600)) : null;
        string[] prefixes = ["Zotify", "zotify.au", "Shop", "Zotify.Auth.X"];
        var terms = RandomTerms.Next(random);
        return (new SystemLogQuery
        {
            Follow = false, Text = terms.Text, Since = Time(), Until = Time(),
            MinimumLevel = random.Next(4) == 0 ? (LogLevel)random.Next(6) : LogLevel.Trace,
            Categories = Some(prefixes, 4), TraceIds = Some(RandomLine.Traces, 5), JobIds = Some([.. RandomLine.Jobs, "none"], 5),
            Instances = Some(["test", "other"], 6), ExcludedInstances = Some(["other"], 8),
            ExcludedLevels = random.Next(4) == 0 ? [(LogLevel)random.Next(6)] : [], ExcludedCategories = Some(prefixes, 6),
            ExcludedTraceIds = Some(RandomLine.Traces, 6), ExcludedJobIds = Some(RandomLine.Jobs, 6),
        }, terms);
    }
}
