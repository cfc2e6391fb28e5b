using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Queries.SystemLog.SystemLogReads;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>Lines of text and of JSON, mixed in one directory and in one file: every query reads both.</summary>
[TestClass]
public sealed class MixedFormatTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Both_are_read_in_order_over_rotations_forwards_backwards_and_from_every_cursor()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (1_024, 1_000);
        for (var i = 0; i < 60; i++) await WriteAsync(folder, i, format: (i / 3 % 2) == 0 ? SystemLogFormat.Json : SystemLogFormat.Text);
        Assert.IsGreaterThan(5, folder.Names.Length);
        var all = await ReadAsync(folder, All);
        CollectionAssert.AreEqual(Enumerable.Range(0, 60).Select(i => $"m{i}").ToArray(), all.Select(item => ((SystemLogEntry)item).Message).ToArray());
        for (var i = 0; i < 60; i++)
        {
            Assert.AreEqual(Names(i + 1, 60), await MessagesAsync(folder, new SystemLogQuery { Follow = false, After = all[i].Cursor }));
            Assert.AreEqual(Names(Math.Max(0, i - 4), i), await MessagesAsync(folder, new SystemLogQuery { Before = all[i].Cursor, Tail = 4 }));
        }
    }

    [TestMethod]
    public async Task Filters_find_the_same_in_both()
    {
        using var folder = new SystemLogFolder();
        for (var i = 0; i < 12; i++) await WriteAsync(folder, i, format: (i % 2) == 0 ? SystemLogFormat.Json : SystemLogFormat.Text);
        folder.Append("no line of the log\n");
        async Task IsAsync(string expected, SystemLogQuery query)
        {
            Assert.AreEqual(expected, await MessagesAsync(folder, query with { Follow = false, Tail = 1_000 }));
            var counted = await folder.Tail().CountAsync(query, null, Cancellation);
            Assert.AreEqual(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, counted.Items.Sum(item => item.Count));
        }

        await IsAsync("m3 m4", new SystemLogQuery { Since = SystemLogFolder.Time.AddMinutes(3), Until = SystemLogFolder.Time.AddMinutes(5), TraceIds = [Trace] });
        await IsAsync("m3 m4 m9 m10", new SystemLogQuery { MinimumLevel = LogLevel.Warning, ExcludedLevels = [LogLevel.Critical, LogLevel.Trace], Categories = ["A [b].C3", "a [B].c4"] });
        await IsAsync("m3 m4 m9 m10", new SystemLogQuery { Categories = ["A [b].C3", "a [B].c4"] });
        await IsAsync("m5 m11", new SystemLogQuery { Categories = ["A"], ExcludedCategories = ["A [b].C0", "A [b].C1", "A [b].C2", "A [b].C3", "A [b].C4"] });
        await IsAsync("m1 m10", new SystemLogQuery { TraceIds = [Trace.ToUpperInvariant()], Text = "M1 user.event0 -\"M11\"" });
        await IsAsync("m4", new SystemLogQuery { JobIds = ["job 4 \"ü\"", "nobody"] });
        await IsAsync("m0 m4", new SystemLogQuery { JobIds = ["job 4 \"ü\"", "job 0 \"ü\""] });
        await IsAsync("m0 m2 m3", new SystemLogQuery { ExcludedJobIds = ["job 4 \"ü\""], Categories = ["A [b].C0", "A [b].C2", "A [b].C3", "A [b].C4"], Until = SystemLogFolder.Time.AddMinutes(5) });
        await IsAsync("m0 m1", new SystemLogQuery { Instances = ["test"], ExcludedInstances = ["other"], Categories = ["A"], Until = SystemLogFolder.Time.AddMinutes(2) });
        await IsAsync("", new SystemLogQuery { Instances = ["other"] });
        await IsAsync("", new SystemLogQuery { ExcludedInstances = ["test"] });
        await IsAsync("m4", new SystemLogQuery { Text = "\"n\\o 4\"" });
    }

    [TestMethod]
    public async Task What_is_no_line_of_the_log_has_no_job_and_is_of_the_directorys_instance()
    {
        using var folder = new SystemLogFolder();
        folder.Append("no line of the log\n{\"timestamp\":\"2026-11-23T15:06:10.0000000Z\",\"level\":\"Warning\",\"job_id\":\"j1\",\"cut\n");
        Assert.IsEmpty(await ReadAsync(folder, All with { JobIds = ["j1"] }));
        Assert.HasCount(2, await ReadAsync(folder, All with { ExcludedJobIds = ["j1"], Instances = ["test"] }));
        Assert.IsEmpty(await ReadAsync(folder, All with { ExcludedInstances = ["test"] }));
    }

    [TestMethod]
    public async Task A_line_in_json_names_its_own_instance()
    {
        using var folder = new SystemLogFolder();
        await WriteAsync(folder, 1, SystemLogFormat.Json);
        var other = new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites()) { Instance = () => "reader" };
        Assert.AreEqual("test", ((SystemLogEntry)(await ReadAsync(other, All)).Single()).Instance);
        Assert.IsEmpty(await ReadAsync(other, All with { Instances = ["reader"] }));
    }

    [TestMethod]
    public async Task A_follower_gets_lines_of_both_as_they_are_written()
    {
        using var folder = new SystemLogFolder();
        await using var subscriber = new SystemLogSubscriber(folder.Tail(), new SystemLogQuery { JobIds = ["job 2 \"ü\"", "job 3 \"ü\""] });
        for (var i = 0; i < 5; i++) await WriteAsync(folder, i, i == 3 ? SystemLogFormat.Text : SystemLogFormat.Json);
        Assert.AreEqual("m2", ((SystemLogEntry)(await subscriber.NextAsync())!).Message);
    }

    /// <summary>The bytes of a line decide what is skipped without parsing it. That must never skip what matches.</summary>
    [TestMethod]
    public async Task What_is_skipped_by_its_bytes_is_what_the_entries_say()
    {
        var text = Gen.OneOf("\"", "\\", "\n", "a", "K", "\u212a", "ü", "Ü", "\u00a0", "😀", "<", "&", "'", "\u0085", " ", "\\n").Array[1, 4]
            .Select(string.Concat);
        await Gen.Select(text, text, text, text).SampleAsync(
            async (message, value, exception, term) =>
            {
                using var folder = new SystemLogFolder();
                folder.Options.Format = SystemLogFormat.Json;
                var record = new LogRecord
                {
                    Timestamp = SystemLogFolder.Time,
                    Level = LogLevel.Information,
                    Category = "c",
                    Message = message,
                    Exception = exception,
                    Properties = [new("p", value)],
                };
                await folder.WriteAsync(record);
                var isThere = new[] { message, value, exception }.Any(field => Folded(field).Contains(Folded(term), StringComparison.Ordinal));
                var found = await ReadAsync(folder, All with { Text = $"\"{term.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" });
                Assert.AreEqual(isThere, found.Count == 1, $"'{term}' in '{message}', '{value}', '{exception}'");
            },
            iter: 300 * TestScale.Factor,
            threads: 1);
    }

    private static string Folded(string text) => text.Replace('\u212a', 'k').ToLowerInvariant();

    private static string Names(int first, int end) => string.Join(' ', Enumerable.Range(first, end - first).Select(i => $"m{i}"));

    private static Task WriteAsync(SystemLogFolder folder, int number, SystemLogFormat format)
    {
        folder.Options.Format = format;
        return folder.WriteAsync(new LogRecord
        {
            Timestamp = SystemLogFolder.Time.AddMinutes(number),
            Level = (number % 6) is 3 or 4 ? LogLevel.Warning : (LogLevel)(number % 6),
            Category = string.Create(CultureInfo.InvariantCulture, $"A [b].C{number % 6}"),
            EventId = new EventId(number, "user.event0"),
            Message = string.Create(CultureInfo.InvariantCulture, $"m{number}"),
            TraceId = Trace,
            Properties = [new("job_id", string.Create(CultureInfo.InvariantCulture, $"job {number} \"ü\"")), new("path", string.Create(CultureInfo.InvariantCulture, $"N\\O {number}"))],
        });
    }
}
