using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>A search of the audit log by values in the details.</summary>
public abstract class AuditDetailsContract : AuditStoreContract
{
    /// <summary>JSON that SQL Server takes, and that is too deep to be part of an answer.</summary>
    [TestMethod]
    public Task A_row_with_very_deep_details_hides_no_other_row() => HidesNoOtherAsync(new string('[', 100) + new string(']', 100));

    /// <summary>JSON with half of a character, whose other values are found: by comparing the row, and by the index of the texts.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_value_that_is_no_text_hides_no_other_of_its_row(bool isIndexed)
    {
        await AddAsync([.. Enumerable.Range(0, 63).Select(_ => Lines.Audit(details: new { color = "red" }))]);
        await Store.ExecuteAsync(
            """UPDATE audit_events SET message = 'changed', details = '{"a\ud800":1,"color":["\ud800","gr\u00fcn"],"half":"\udc00"}' WHERE seq = 7""");
        // The run is written when its last row is.
        Journal.Append(Lines.Audit());
        var size = isIndexed ? new TextRunSize(BlockRows: 1, SmallOfLarge: 16) : TextRunSize.Default;
        await ProjectAsync(new AuditProjection(size, TimeProvider.System));
        Assert.AreEqual(isIndexed ? "1" : "0", await Store.ReadTextAsync("SELECT COUNT(*) FROM audit_text_runs"));

        Assert.AreEqual("changed", await ByDetailAsync("color", "grün"));
        Assert.AreEqual("", await ByDetailAsync("half", "x"));
        Assert.AreEqual("changed", await FoundAsync(new AuditQuery { Text = "GRÜN" }));
    }

    /// <summary>Checks that a row with this text as details is read, and those beside it are found.</summary>
    private protected async Task HidesNoOtherAsync(string json)
    {
        await AddAsync(Lines.Audit(details: new { color = "red" }), Lines.Audit(details: new { color = "red" }));
        await Store.ExecuteAsync($"UPDATE audit_events SET details = '{json}', scope = '{json}' WHERE seq = 1");
        var log = new AuditLog(Database, new FixedReadYourWrites());

        var page = await log.SearchAsync(new AuditQuery(), Cancellation);
        Assert.HasCount(2, page.Items);
        var changed = page.Items.Single(item => item.Seq == 1);
        Assert.AreEqual((json, json), (changed.Details?.GetString(), changed.Scope?.GetString()));
        Assert.AreEqual("red", page.Items.Single(item => item.Seq == 2).Details?.GetProperty("color").GetString());
        // Its other fields are found, and it has no details.
        var red = new AuditQuery { Details = new Dictionary<string, IReadOnlyList<string>> { ["color"] = ["red"] } };
        Assert.HasCount(1, (await log.SearchAsync(red, Cancellation)).Items);
        Assert.HasCount(2, (await log.SearchAsync(new AuditQuery { Text = "user.login" }, Cancellation)).Items);
    }

    [TestMethod]
    public async Task Details_match_strings_numbers_booleans_and_elements_of_lists()
    {
        await AddAsync(
            Lines.Audit(
                details: new { n = 5, s = "five", yes = true, nested = new { deep = "x" }, list = (object[])["a", 7, (int[])[9]] },
                message: "1"),
            Lines.Audit(details: new { n = "5", s = "Five", yes = "true", list = "a" }, message: "2"),
            Lines.Audit(details: new { n = 5.10m, big = 12345678901234567890m, none = (string?)null }, message: "3"),
            Lines.Audit(message: "4"));

        Assert.AreEqual("2 1", await ByDetailAsync("n", "5"));
        Assert.AreEqual("3", await ByDetailAsync("n", "5.10"));
        Assert.AreEqual("", await ByDetailAsync("n", "5.1"));
        Assert.AreEqual("3", await ByDetailAsync("big", "12345678901234567890"));
        Assert.AreEqual("", await ByDetailAsync("big", "12345678901234567891"));
        Assert.AreEqual("1", await ByDetailAsync("s", "five"));
        Assert.AreEqual("2 1", await ByDetailAsync("yes", "true"));
        Assert.AreEqual("1", await ByDetailAsync("nested.deep", "x"));
        Assert.AreEqual("2 1", await ByDetailAsync("list", "a"));
        Assert.AreEqual("1", await ByDetailAsync("list", "7"));
        Assert.AreEqual("", await ByDetailAsync("list", "9"), "lists in lists are not searched");
        Assert.AreEqual("", await ByDetailAsync("nested", "x"), "an object is no value");
        Assert.AreEqual("", await ByDetailAsync("none", "null"));
        Assert.AreEqual("", await ByDetailAsync("missing", "5"));
        Assert.AreEqual(
            "3 2 1",
            await FoundAsync(new AuditQuery { Details = new Dictionary<string, IReadOnlyList<string>> { ["n"] = ["5", "5.10"] } }));
        Assert.AreEqual(
            "1", await FoundAsync(
                new AuditQuery { Details = new Dictionary<string, IReadOnlyList<string>> { ["n"] = ["5"], ["s"] = ["five"] } }));
    }

    [TestMethod]
    public async Task Every_name_of_the_details_can_be_asked_for()
    {
        string[] names = ["order.id", "a b", "", "[x]", "a]b", "]", "]]", "x][y", "say \"hi\"", @"C:\x", "é🎵", "$", "0", "Order.Id", "*", "%", "'"];
        await AddAsync(
        [
            .. names.Select((name, i) => Lines.Audit(details: new Dictionary<string, object> { [name] = i, ["n"] = "x" }, message: $"{i}")),
            Lines.Audit(
                details: new { orders = (object[])[new { id = 1, tags = (string[])["new", "paid"] }, new { id = 2, buyer = new { name = "ann" } }, 7] },
                message: "list"),
        ]);
        foreach (var (i, name) in names.Index())
        {
            Assert.AreEqual($"{i}", await ByDetailAsync($"[{name.Replace("]", "]]", StringComparison.Ordinal)}]", $"{i}"), name);
            Assert.AreEqual("", await ByDetailAsync($"[{name.Replace("]", "]]", StringComparison.Ordinal)}]", "x"), name);
        }

        Assert.AreEqual("list", await ByDetailAsync("[orders][id]", "2"));
        Assert.AreEqual("list", await ByDetailAsync("orders.id", "1"));
        Assert.AreEqual("list", await ByDetailAsync("[orders][tags]", "paid"));
        Assert.AreEqual("list", await ByDetailAsync("[orders][buyer][name]", "ann"));
        Assert.AreEqual("list", await ByDetailAsync("orders", "7"));
        Assert.AreEqual("", await ByDetailAsync("[orders][0][id]", "1"), "an element goes by the list's name");
        Assert.AreEqual("", await ByDetailAsync("[orders][id]", "7"));
        Assert.AreEqual("", await ByDetailAsync("[n][x]", "x"));
    }

    [TestMethod]
    [DataRow("[a")]
    [DataRow("[a]b]")]
    [DataRow("[a]]")]
    [DataRow("[a].b")]
    [DataRow("[a][")]
    [DataRow("[")]
    public async Task What_is_no_path_into_the_details_is_refused(string path)
    {
        var query = new AuditQuery { Details = new Dictionary<string, IReadOnlyList<string>> { [path] = ["1"] } };
        Assert.AreEqual($"Details.{path}", (await Assert.ThrowsExactlyAsync<ArgumentException>(() => SearchAsync(query))).ParamName);
    }
}
