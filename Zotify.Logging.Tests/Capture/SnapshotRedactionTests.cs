using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Capture.CapturedRecord;

namespace Zotify.Logging.Tests.Capture;

/// <summary>Redacted values are in no part of a record.</summary>
[TestClass]
public sealed class SnapshotRedactionTests
{
    [TestMethod]
    public async Task Redacted_values_are_in_no_part_of_the_record()
    {
        var record = await Captured(logger =>
        {
            using (logger.BeginScope("{session_token}", "geheim"))
            using (logger.BeginScope(new Dictionary<string, object> { ["Password"] = "geheim" }))
                logger.LogInformation(
                    "{User} used {AccessToken} and {Form}",
                    "u42",
                    "geheim",
                    new Dictionary<string,
                    object> { ["password"] = "geheim", ["name"] = "n" });
        });

        Assert.AreEqual("u42 used [REDACTED] and [password, [REDACTED]], [name, n]", record.Message);
        Assert.AreEqual("[REDACTED]", record.Properties[1].Value);
        Assert.IsTrue(record.Scope.All(pair => Equals(pair.Value, "[REDACTED]")));
        Assert.AreEqual("[REDACTED]", ((IReadOnlyDictionary<string, object?>)record.Properties[2].Value!)["password"]);
    }

    [TestMethod]
    public async Task Redaction_holds_in_every_kind_of_named_values()
    {
        object[] forms =
        [
            new List<KeyValuePair<string, string>> { new("password", "geheim") },
            new HeaderDictionary { ["Api-Key"] = "geheim", ["Cookie"] = new[] { "geheim", "geheim" } },
            new JsonObject { ["user"] = new JsonObject { ["password"] = "geheim" } },
            new[] { new Dictionary<string, string> { ["password"] = "geheim" } },
            Enumerable.Range(0, 200).ToDictionary(i => i == 150 ? "password" : $"k{i}", i => i == 150 ? "geheim" : "-"),
        ];
        foreach (var form in forms)
        {
            var record = await Captured(logger =>
            {
                using (logger.BeginScope(new Dictionary<string, object> { ["outer"] = form }))
                    logger.LogInformation("Form {Form}", form);
            }, redact: ["password", "api_key", "cookie"]);

            var whole = $"{record.Message} {JsonSerializer.Serialize(record.Properties)} {JsonSerializer.Serialize(record.Scope)}";
            Assert.DoesNotContain("geheim", whole, StringComparison.Ordinal, form.GetType().Name);
        }
    }

    [TestMethod]
    public async Task A_secret_in_an_address_is_in_no_part_of_the_record()
    {
        const string address = "/a?token=geheim(1)";
        FormattableString text = $"{address}";
        object[] values =
        [
            address,
            new Uri(address, UriKind.Relative),
            text,
            new StringBuilder(address),
            JsonDocument.Parse($$"""{"to":"{{address}}"}""").RootElement,
            new JsonObject { ["to"] = address },
            new XmlDocument { InnerXml = $"<to>{address}</to>" },
            new Dictionary<string, string> { [address] = "x" },
            new[] { address },
        ];
        foreach (var value in values)
        {
            var record = await Captured(logger =>
            {
                using (logger.BeginScope(new Dictionary<string, object> { ["to"] = value }))
                using (logger.BeginScope(value))
                {
                    logger.LogError(
                        new InvalidOperationException(address, new UriFormatException(address)), "To {To}, /b?token={Number}", value, 5);
                }
            });
            var whole = $"{record.Message} {JsonSerializer.Serialize(record.Properties)} {JsonSerializer.Serialize(record.Scope)}";
            Assert.DoesNotContain("geheim", $"{whole} {record.Exception}", StringComparison.Ordinal, value.GetType().Name);
            Assert.EndsWith("/b?token=[REDACTED]", record.Message, StringComparison.Ordinal);
            Assert.Contains("UriFormatException: /a?token=[REDACTED]", record.Exception!, StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public async Task A_secret_in_an_address_is_not_in_what_is_left_of_a_failed_formatter()
    {
        var record = await Captured(logger => logger.LogInformation(string.Concat("/a?token={Number}", " {Missing}"), 12345));
        Assert.AreEqual("/a?token=[REDACTED] {Missing}", record.Message);
    }

    [TestMethod]
    public async Task A_secret_in_a_value_beyond_the_limit_is_not_in_the_message_either()
    {
        var values = Enumerable.Range(0, 200).Select(i => KeyValuePair.Create($"k{i}", (object?)i)).ToList();
        values[150] = new("password", "geheim");
        values[160] = new(
            "deep", new[] { new[] { new[] { new[] { new[] { new Dictionary<string, string> { ["password"] = "geheim" } } } } } });
        var record = await Captured(
            logger => logger.LogInformation(
                string.Join(' ', values.Select(value => $"{{{value.Key}}}")), [.. values.Select(value => value.Value)]));

        Assert.DoesNotContain("geheim", record.Message, StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Redaction_holds_where_only_the_message_is_captured()
    {
        var handler = new CollectingHandler { Wants = LogParts.Message };
        await using var test = new ServiceUnderTest().With(handler);
        await test.Service.StartedAsync(CancellationToken.None);

        test.Logger().LogInformation("{token} {other}", "geheim", 1);
        test.Logger()
            .Log(LogLevel.Information, default, new Dictionary<string, object?> { ["token"] = "geheim" }, null, (s, _) => $"{s["token"]}");
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(new[] { "[REDACTED] 1", "[REDACTED]" }, handler.Messages.ToArray());
    }
}
