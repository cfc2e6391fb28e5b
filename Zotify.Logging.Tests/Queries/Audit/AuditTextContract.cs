using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>A search of the audit log by terms, whatever characters they have.</summary>
public abstract class AuditTextContract : AuditStoreContract
{
    [TestMethod]
    public async Task Words_are_found_in_message_or_details_in_any_order_and_case()
    {
        await AddAsync(
            Lines.Audit(message: "1", details: new { text = "Alice logged IN" }),
            Lines.Audit(message: "2", details: new { path = @"C:\Music\100%", quote = "say \"hi\"" }),
            Lines.Audit(message: "3", details: new { name = "Größe" }),
            Lines.Audit(message: "4"));

        Assert.AreEqual("1", await FoundAsync(new AuditQuery { Text = "  in\talice " }));
        Assert.AreEqual("", await FoundAsync(new AuditQuery { Text = "alice bob" }));
        Assert.AreEqual("2", await FoundAsync(new AuditQuery { Text = @"c:\music" }));
        Assert.AreEqual("2", await FoundAsync(new AuditQuery { Text = "\"hi\"" }));
        Assert.AreEqual("2", await FoundAsync(new AuditQuery { Text = "%" }));
        Assert.AreEqual("", await FoundAsync(new AuditQuery { Text = "_" }));
        Assert.AreEqual("3", await FoundAsync(new AuditQuery { Text = "größe" }));
        Assert.AreEqual("3", await FoundAsync(new AuditQuery { Text = "GRÖ" }), "the case of every letter");
        Assert.AreEqual("3", await FoundAsync(new AuditQuery { Text = "Ö" }), "shorter than what an index knows");
        Assert.AreEqual("", await FoundAsync(new AuditQuery { Text = "grosse" }));
        Assert.AreEqual("1", await FoundAsync(new AuditQuery { Text = "gged ice ogg" }));
        Assert.AreEqual("", await FoundAsync(new AuditQuery { Text = "loggedlogge" }), "its parts are there, but not it");
        Assert.AreEqual("4 3 2 1", await FoundAsync(new AuditQuery { Text = "  " }));
        Assert.AreEqual("4", await FoundAsync(new AuditQuery { Text = "4" }), "in the message");
    }

    [TestMethod]
    [DataRow("alice AND bob")]
    [DataRow("alice* bob")]
    [DataRow("NEAR(alice bob)")]
    [DataRow("message:alice")]
    [DataRow("^alice")]
    [DataRow("alice\"")]
    [DataRow("(alice)")]
    [DataRow("alice\\b")]
    [DataRow("ali%e")]
    [DataRow("a_ice")]
    public async Task Words_mean_nothing_but_themselves(string text)
    {
        await AddAsync(
            Lines.Audit(message: "Alice bob"),
            Lines.Audit(message: $"({text})", details: new { x = 1 }),
            Lines.Audit(message: "x", details: new { y = $"-{text}-" }));

        var found = (await SearchAsync(new AuditQuery { Text = text })).Items;

        Assert.AreEqual("x", found[0].Message);
        Assert.AreEqual($"({text})", found[1].Message);
        Assert.HasCount(2, found);
    }

    [TestMethod]
    [StandInLimit(StandIn.SeventhDigit)]
    public async Task A_text_is_found_in_the_order_of_times_however_near_they_are_and_came()
    {
        await AddAsync(
            [.. ((int[])[5, 3, 1, 4, 2, 0]).Select(tick => Lines.Audit(at: Lines.Noon.AddTicks(tick), message: $"{tick} word"))]);
        foreach (var limit in (int[])[1, 2, 4])
        {
            Assert.AreEqual(
                string.Join(' ', Enumerable.Range(0, limit).Select(i => $"{5 - i} word")),
                await FoundAsync(new AuditQuery { Text = "word", Limit = limit }));
            Assert.AreEqual(
                string.Join(' ', Enumerable.Range(0, limit).Select(i => $"{i} word")),
                await FoundAsync(new AuditQuery { Text = "word", Limit = limit, Descending = false }));
        }
    }

    [TestMethod]
    public async Task Hostile_texts_match_themselves_and_nothing_else()
    {
        await AddAsync(
        [
            .. HostileText.Values.Select((text, i) => Lines.Audit(
                text, userId: text, sourceIp: text, traceId: text, instance: text, details: new Dictionary<string,
                object> { ["k"] = text, [text] = "here" }, message: $"{i}")),
            Lines.Audit("other", userId: "other", sourceIp: "other", traceId: "other", details: new { k = "other" }, message: "other"),
        ]);

        for (var i = 0; i < HostileText.Values.Length; i++)
        {
            var text = HostileText.Values[i];
            Assert.AreEqual($"{i}", await FoundAsync(new AuditQuery { UserIds = [text] }), text);
            Assert.AreEqual($"{i}", await FoundAsync(new AuditQuery { SourceIps = [text] }), text);
            Assert.AreEqual($"{i}", await FoundAsync(new AuditQuery { TraceIds = [text] }), text);
            Assert.AreEqual($"{i}", await FoundAsync(new AuditQuery { Instances = [text] }), text);
            Assert.AreEqual($"{i}", await ByDetailAsync("k", text), text);
            Assert.AreEqual($"{i}", await ByDetailAsync($"[{text.Replace("]", "]]", StringComparison.Ordinal)}]", "here"), text);
            if (!text.EndsWith('*')) Assert.AreEqual($"{i}", await FoundAsync(new AuditQuery { EventTypes = [text] }), text);
            Assert.Contains($"{i}", (await FoundAsync(new AuditQuery { EventTypes = [text + "*"], Limit = 1_000 })).Split(' '), text);
            Assert.Contains($"{i}", (await FoundAsync(new AuditQuery { Text = Quoted(text), Limit = 1_000 })).Split(' '), text);
        }

        // Not valid Unicode: found nowhere, and no error.
        foreach (var text in (string[])["\ud800", "x\udc00"])
        {
            Assert.AreEqual("", await FoundAsync(new AuditQuery { UserIds = [text] }));
            await FoundAsync(new AuditQuery { Text = Quoted(text), EventTypes = [text + "*"] });
            Assert.AreEqual("", await ByDetailAsync(text, text));
        }
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
