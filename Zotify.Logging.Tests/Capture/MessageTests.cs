using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Tests.Capture;

/// <summary>The message has what was logged: only a redacted value is removed, and a formatter that throws loses no value.</summary>
[TestClass]
public sealed class MessageTests
{
    [TestMethod]
    public async Task A_message_next_to_a_secret_reads_as_it_would_without()
    {
        await AssertMessage(
            "Moved /a to /b with [REDACTED]",
            logger => logger.LogInformation("Moved {Path} to {Path} with {Token}", "/a", "/b", "geheim"));
        await AssertMessage(
            "1 12345678901234567890 1,234 0.333 1, 2 [REDACTED]",
            logger => logger.LogInformation(
                "{Day:D} {Big} {Wide:N0} {Half:F3} {Bytes} {Token}",
                DayOfWeek.Monday, 10 * new BigInteger(1234567890123456789), (Int128)1234, (Half)0.3333, new byte[] { 1, 2 }, "geheim"));
        await AssertMessage(
            "[REDACTED]  |  [REDACTED]|{x}",
            logger => logger.LogInformation("{Token,-12}|{Password,12}|{{x}}", "geheim", "geheim"));
    }

    [TestMethod]
    public async Task A_collection_with_a_secret_costs_the_secret()
    {
        await AssertMessage(
            "From [a, System.Collections.Generic.Dictionary`2[System.String,System.Int32]], [password, [REDACTED]] to [x, 1]",
            logger => logger.LogInformation(
                "From {Form} to {Target}",
                new Dictionary<string, object> { ["a"] = new Dictionary<string, int>(), ["password"] = "geheim" },
                new Dictionary<string, int> { ["x"] = 1 }));
        await AssertMessage(
            "Pair [password, [REDACTED]]",
            logger => logger.LogInformation("Pair {Pair}", KeyValuePair.Create("password", "geheim")));
    }

    [TestMethod]
    public async Task Secrets_in_json_are_redacted_at_every_depth_and_the_rest_stays_to_the_letter()
    {
        const string Json = """{ "user": "u42", "deep": [ { "password" : "geheim" } ], "n": 1.10, "access_token": { "a": ["geheim"] } }""";
        const string Expected =
            """Got { "user": "u42", "deep": [ { "password" : "[REDACTED]" } ], "n": 1.10, "access_token": "[REDACTED]" }""";
        var record = await Captured(logger => logger.LogInformation("Got {Body}", JsonElement.Parse(Json)));

        Assert.AreEqual(Expected, record.Message);
        var body = (IReadOnlyDictionary<string, object?>)record.Properties[0].Value!;
        Assert.AreEqual("u42", body["user"]);
        Assert.AreEqual(1.10m, body["n"]);
        Assert.AreEqual("[REDACTED]", body["access_token"]);
        var node = await Captured(
            logger => logger.LogInformation("Got {Body} and {Value}", JsonNode.Parse(Json)!["deep"], JsonNode.Parse("5")));
        Assert.DoesNotContain("geheim", node.Message, StringComparison.Ordinal);
        Assert.AreEqual(5L, node.Properties[1].Value);
    }

    [TestMethod]
    public async Task A_state_without_a_template_loses_the_secret_alone()
    {
        Pair[] state = [new("Method", "GET"), new("Path", "/a b"), new("Cookie", "id=4711; x=1"), new("Length", 1)];
        await AssertMessage(
            "Request:\nMethod: GET\r\nPath: /a b\nCookie: [REDACTED]\nLength: 1",
            State(state, "Request:\nMethod: GET\r\nPath: /a b\nCookie: id=4711; x=1\nLength: 1"), "cookie");
        await AssertMessage("Request:\nCookie: [REDACTED]\nLength: 1", State(state, "Request:\nCookie: *\nLength: 1"), "cookie");
        await AssertMessage("GET /a b with [REDACTED], 1 byte", State(state, "GET /a b with id=4711; x=1, 1 byte"), "cookie");
        await AssertMessage(
            """{"cookie":"[REDACTED]","length":1}""",
            State([new("Cookie", "a\"b"), new("Length", 1)], """{"cookie":"a\"b","length":1}"""), "cookie");
        await AssertMessage("done", State(state, "done"), "cookie");
        await AssertMessage(
            "Request:\nProtocol: HTTP/1\nCookie: [REDACTED]",
            State([new("Protocol", "HTTP/1"), new("Cookie", "1")], "Request:\nProtocol: HTTP/1\nCookie: 1"), "cookie");
    }

    [TestMethod]
    public async Task A_collection_without_end_next_to_a_secret_delays_nobody()
    {
        var deep = Enumerable.Repeat(Enumerable.Repeat(Endless(), 200), 200);
        Pair[] state = [new("Token", "geheim"), new("Endless", Endless()), new("Deep", deep)];
        // The content beyond the limits is unknown, so a line that no value explains might show it.
        await AssertMessage("[REDACTED]\nToken: [REDACTED]", State(state, "title\nToken: geheim"));

        Pair[] many = [new("Tokens", Enumerable.Range(0, 150).Select(i => $"geheim{i}"))];
        await AssertMessage("[REDACTED]", State(many, "the last is geheim149"), "tokens");

        static IEnumerable<Dictionary<string, string>> Endless()
        {
            while (true) yield return new() { ["password"] = "geheim" };
        }
    }

    [TestMethod]
    public async Task A_line_is_removed_where_its_secret_cannot_be_distinguished_from_the_rest()
    {
        Pair[] state = [new("User", "u42"), new("Token", "geheimnisvoll")];
        await AssertMessage("One u42\n[REDACTED]", State(state, "One u42\nxgeheimnisvollx"));
        await AssertMessage("One u42\n[REDACTED]", State(state, "One u42\ngeheim…"));
        await AssertMessage("[REDACTED]\nTwo", State(state, "bearer Z2VoZWltbmlzdm9sbA\nTwo"), "token");
    }

    [TestMethod]
    public async Task A_template_with_a_formatter_of_its_own_keeps_that_formatters_text()
    {
        Pair[] state = [new("User", "alice"), new("Token", "geheim"), new("Extra", 5), new("{OriginalFormat}", "{User} has {Token}")];
        await AssertMessage("\"alice\" has \"[REDACTED]\"", State(state, "\"alice\" has \"geheim\""));
        await AssertMessage("alice has [REDACTED]", State(state, "alice has TERCES"));
        Pair[] unseen = [new("User", "alice"), new("Token", "geheim"), new("{OriginalFormat}", "{User} came")];
        await AssertMessage("\"alice\" came", State(unseen, "\"alice\" came"));
    }

    [TestMethod]
    public async Task A_formatter_of_another_culture_keeps_its_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Pair[] state = [new("Cost", 1234.5m), new("Token", "geheim"), new("{OriginalFormat}", "{Cost:N2} by {Token}")];
            await AssertMessage("1.234,50 by [REDACTED]", State(state, "1.234,50 by geheim"));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

#pragma warning disable CA2017, CA2253 // Templates that lack values are what is tested.
    [TestMethod]
    public async Task A_formatter_that_throws_leaves_the_template_with_the_values_there_are()
    {
        var numbered = await Captured(logger => logger.LogWarning("Retry {0} of {1}, wait {0}s", 3, 5));
        Assert.AreEqual("Retry 3 of 5, wait 3s", numbered.Message);
        CollectionAssert.AreEqual(
            new object?[] { 3, 5, "[FormattedLogValues threw IndexOutOfRangeException]" },
            numbered.Properties.Select(property => property.Value).ToArray());
        Assert.AreEqual("state_error", numbered.Properties[^1].Key);
        var failure = new InvalidOperationException("boom");
        var named = await Captured(logger => logger.LogError(failure, "Could not bill {Order} of {Customer}", 4711));
        Assert.AreEqual("Could not bill 4711 of {Customer}", named.Message);
        Assert.AreEqual(4711, named.Properties[0].Value);
        StringAssert.StartsWith(named.Exception, "System.InvalidOperationException: boom", StringComparison.Ordinal);
        var secret = await Captured(logger => logger.LogError("{Token} of {Customer}", "geheim"));
        Assert.AreEqual("[REDACTED] of {Customer}", secret.Message);
    }
#pragma warning restore CA2017, CA2253

    [TestMethod]
    public async Task A_formatter_of_the_application_that_throws_keeps_the_values_and_the_reason()
    {
        Pair[] state = [new("User", "u42"), new("Token", "geheim")];
        var record = await Captured(
            logger => logger.Log(LogLevel.Information, default, state, null, (_, _) => throw new InvalidOperationException()));
        Assert.AreEqual("[the formatter threw InvalidOperationException]\nUser: u42\nToken: [REDACTED]", record.Message);
        CollectionAssert.AreEqual(
            new Pair[] { state[0], new("Token", "[REDACTED]"), new("formatter_error", "[the formatter threw InvalidOperationException]") },
            record.Properties.ToArray());
        Pair[] templated = [new("User", "u42"), new("{OriginalFormat}", "{User:X} came")];
        var template = await Captured(
            logger => logger.Log(LogLevel.Information, default, templated, null, (_, _) => throw new FormatException()));
        Assert.AreEqual("u42 came", template.Message);
    }

    [TestMethod]
    public async Task An_exception_whose_message_throws_keeps_type_stack_and_inner_exceptions()
    {
        var record = await Captured(logger =>
        {
            try
            {
                throw new Mute(new IOException("Connection reset by peer."));
            }
            catch (Mute exception)
            {
                logger.LogError(new InvalidOperationException("outer", exception), "failed");
            }
        });

        StringAssert.StartsWith(record.Exception, "System.InvalidOperationException: outer\n ---> ", StringComparison.Ordinal);
        StringAssert.Contains(
            record.Exception,
            "Mute [its text threw InvalidTimeZoneException]\n ---> System.IO.IOException: Connection reset by peer.\n",
            StringComparison.Ordinal);
        StringAssert.Contains(record.Exception, $"   at {typeof(MessageTests).FullName}.", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task An_xml_document_is_its_text()
    {
        var xml = new XmlDocument();
        xml.LoadXml("<a><b c=\"1\">text</b></a>");
        var record = await Captured(logger => logger.LogInformation("Got {Xml}", xml));
        Assert.AreEqual("<a><b c=\"1\">text</b></a>", record.Properties[0].Value);
    }

    [TestMethod]
    [DataRow("{ password }")]
    [DataRow("{password }")]
    [DataRow("{@Password}")]
    [DataRow("{$access_token}")]
    public async Task Names_with_white_space_and_operators_are_redacted(string hole)
    {
#pragma warning disable CA2254 // The template is what varies.
        var record = await Captured(logger => logger.LogInformation("With " + hole, "geheim"));
#pragma warning restore CA2254
        Assert.AreEqual("With [REDACTED]", record.Message);
        Assert.AreEqual("[REDACTED]", record.Properties[0].Value);
    }

    private static Action<ILogger> State(Pair[] state, string text) =>
        logger => logger.Log(LogLevel.Information, default, state, null, (_, _) => text);

    private static async Task AssertMessage(string expected, Action<ILogger> log, params string[] redact) =>
        Assert.AreEqual(expected, (await Captured(log, redact)).Message);

    private static async Task<LogRecord> Captured(Action<ILogger> log, params string[] redact)
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest { Redact = redact.Length > 0 ? redact : ["password", "token"] }.With(handler);
        log(test.Logger());
        await test.Service.FlushAsync(FlushTo.Disk);
        return handler.Records.Single();
    }

    private sealed class Mute(Exception inner) : Exception(null, inner)
    {
        public override string Message => throw new InvalidTimeZoneException();
    }
}
