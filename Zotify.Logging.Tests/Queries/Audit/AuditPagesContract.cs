using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>The order of a search's results, its pages, and all of them as an export.</summary>
public abstract class AuditPagesContract : AuditStoreContract
{
    [TestMethod]
    [DataRow(true, null)]
    [DataRow(false, null)]
    [DataRow(true, "word")]
    [DataRow(false, "word")]
    public async Task Pages_give_every_event_once_though_times_are_equal_and_journals_two(bool descending, string? text)
    {
        var other = new FakeJournal();
        var each = 30 / Store.Every(3);
        Journal.Append(Enumerable.Range(0, each).Select(i => Lines.Audit(at: Lines.Noon.AddSeconds(i % 3), message: $"word a{i}")));
        other.Append(
            Enumerable.Range(0, each).Select(i => Lines.Audit(at: Lines.Noon.AddSeconds(i % 2), message: $"word b{i}", instance: "m2/app")));
        await ProjectAsync(new AuditProjection());
        await ProjectAsync(new AuditProjection(), other, "m2/app");
        var all = (await SearchAsync(new AuditQuery { Descending = descending, Limit = 1_000, Text = text })).Items;
        Assert.HasCount(2 * each, all);
        string?[] ordered =
        [
            .. all.OrderBy(item => item.Timestamp).ThenBy(item => item.Instance).ThenBy(item => item.Seq).Select(item => item.Message)
        ];
        if (descending) Array.Reverse(ordered);
        AssertSame(all.Select(item => item.Message), ordered);

        foreach (var limit in (int[])[1, 7, (2 * each) - 1, 2 * each, (2 * each) + 1])
        {
            var query = new AuditQuery { Descending = descending, Limit = limit, Text = text };
            var pages = new List<AuditPage>();
            for (AuditPage? page = null; page is null || page.NextCursor is not null; pages.Add(page))
            {
                page = await SearchAsync(query with { Cursor = page?.NextCursor });
                Assert.IsTrue(page.Items.Count == limit || page.NextCursor is null);
                Assert.AreEqual(pages.Count == 0, page.PreviousCursor is null);
            }

            AssertSame(pages.SelectMany(page => page.Items).Select(item => item.Message), ordered);
            // And all the way back, from the last page.
            for (var i = pages.Count - 1; i > 0; i--)
            {
                var back = await SearchAsync(query with { Cursor = pages[i].PreviousCursor });
                AssertSame(back.Items.Select(item => item.Message), pages[i - 1].Items.Select(item => item.Message).ToArray());
                Assert.AreEqual(i == 1, back.PreviousCursor is null);
                var again = await SearchAsync(query with { Cursor = back.NextCursor });
                AssertSame(again.Items.Select(item => item.Message), pages[i].Items.Select(item => item.Message).ToArray());
            }
        }
    }

    [TestMethod]
    public async Task Events_that_arrive_meanwhile_neither_repeat_nor_hide_others()
    {
        await AddAsync([.. Enumerable.Range(0, 10).Select(i => Lines.Audit(at: Lines.Noon.AddSeconds(i), message: $"{i}"))]);
        var first = await SearchAsync(new AuditQuery { Limit = 5 });
        await AddAsync(Lines.Audit(at: Lines.Noon.AddSeconds(100), message: "new"));

        var second = await SearchAsync(new AuditQuery { Limit = 5, Cursor = first.NextCursor });

        Assert.AreEqual("4 3 2 1 0", string.Join(' ', second.Items.Select(item => item.Message)));
        Assert.IsNull(second.NextCursor);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_page_whose_events_are_gone_still_leads_on_and_back(bool descending)
    {
        await AddAsync([.. Enumerable.Range(0, 3).Select(i => Lines.Audit(at: Lines.Noon.AddSeconds(i), message: $"{i}"))]);
        var query = new AuditQuery { Descending = descending, Limit = 1 };
        var second = await SearchAsync(query with { Cursor = (await SearchAsync(query)).NextCursor });

        var beyond = await SearchAsync(query with { Cursor = second.NextCursor, UserIds = ["nobody"] });
        Assert.IsEmpty(beyond.Items);
        Assert.IsNull(beyond.NextCursor);
        Assert.AreEqual("1", (await SearchAsync(query with { Cursor = beyond.PreviousCursor })).Items.Single().Message);

        var before = await SearchAsync(query with { Cursor = second.PreviousCursor, UserIds = ["nobody"] });
        Assert.IsEmpty(before.Items);
        Assert.IsNull(before.PreviousCursor);
        Assert.AreEqual("1", (await SearchAsync(query with { Cursor = before.NextCursor })).Items.Single().Message);
    }

    [TestMethod]
    public async Task An_export_has_all_that_match_in_order_from_its_cursor_on_and_no_more_than_it_may()
    {
        Journal.Append(
            Enumerable.Range(0, 2_500)
                .Select(i => Lines.Audit(at: Lines.Noon.AddSeconds(i / 3), userId: i % 2 == 0 ? "u1" : "u2", message: $"{i}")));
        await ProjectAsync(new AuditProjection());
        var query = new AuditQuery { UserIds = ["u1", "u2"], Descending = false };

        Assert.AreEqual(string.Join(' ', Enumerable.Range(0, 2_500)), await ExportedAsync(query, null));
        Assert.AreEqual(string.Join(' ', Enumerable.Range(0, 2_001)), await ExportedAsync(query, 2_001));
        Assert.AreEqual("0", await ExportedAsync(query, 1));
        Assert.AreEqual(
            string.Join(' ', Enumerable.Range(0, 1_250).Select(i => i * 2)), await ExportedAsync(query with { UserIds = ["u1"] }, null));
        var cursor = (await SearchAsync(query with { Limit = 100 })).NextCursor;
        Assert.AreEqual(string.Join(' ', Enumerable.Range(100, 2_400)), await ExportedAsync(query with { Cursor = cursor }, null));
        Assert.AreEqual("", await ExportedAsync(query with { UserIds = ["nobody"] }, null));

        var back = (await SearchAsync(query with { Cursor = cursor })).PreviousCursor;
        await Assert.ThrowsExactlyAsync<InvalidCursorException>(() => Log.ExportAsync(query with { Cursor = back }, null, Cancellation));
        string[] many = [.. Enumerable.Range(0, 101).Select(i => $"{i}")];
        Assert.AreEqual(
            "UserIds",
            (await Assert.ThrowsExactlyAsync<ArgumentException>(() => Log.ExportAsync(new AuditQuery { UserIds = many }, null, Cancellation))).ParamName);
    }

    [TestMethod]
    public async Task An_export_whose_database_goes_away_fails_in_the_middle()
    {
        Journal.Append(Enumerable.Range(0, 1_500).Select(i => Lines.Audit(message: $"{i}")));
        await ProjectAsync(new AuditProjection());
        var export = await Log.ExportAsync(new AuditQuery(), null, Cancellation);
        await Store.BreakAsync();

        var count = 0;
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(async () =>
        {
            await foreach (var _ in export.Events) count++;
        });
        Assert.AreEqual(200, count, "the page that was read before");
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(
            () => Log.ExportAsync(new AuditQuery(), null, Cancellation), "before it begins");
    }

    [TestMethod]
    public async Task A_cursor_that_no_such_query_gave_is_refused()
    {
        await AddAsync(Lines.Audit(), Lines.Audit());
        var cursor = (await SearchAsync(new AuditQuery { Limit = 1 })).NextCursor!;
        string[] wrong =
        [
            "",
            "x",
            cursor[..^1],
            cursor + "A",
            cursor.Replace(cursor[5], cursor[5] == 'A' ? 'B' : 'A'),
            new string('A', 39),
            "ÄÖÜ",
            JobCursor.Start.Encode()
        ];
        foreach (var text in wrong)
        {
            var exception = await Assert.ThrowsExactlyAsync<InvalidCursorException>(
                () => SearchAsync(new AuditQuery { Limit = 1, Cursor = text }), text);
            Assert.AreEqual("Cursor", exception.ParamName);
        }

        await Assert.ThrowsExactlyAsync<InvalidCursorException>(() => SearchAsync(new AuditQuery { Cursor = cursor, Descending = false }));
        Assert.HasCount(1, (await SearchAsync(new AuditQuery { Cursor = cursor })).Items);
    }

    private async Task<string> ExportedAsync(AuditQuery query, int? most)
    {
        var export = await Log.ExportAsync(query, most, Cancellation);
        return string.Join(' ', await export.Events.Select(item => item.Message).ToListAsync(Cancellation));
    }
}
