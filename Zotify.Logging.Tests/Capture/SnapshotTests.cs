using System.Collections;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Capture.CapturedRecord;

namespace Zotify.Logging.Tests.Capture;

[TestClass]
public sealed class SnapshotTests
{
    [TestMethod]
    public async Task A_record_has_the_message_and_its_context()
    {
        var time = new FakeTimeProvider(Some.Time);
        var record = await Captured(
            logger =>
            {
                using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
                logger.LogWarning(new EventId(7, "Name"), new InvalidOperationException("boom"), "Track {Done}/{Total}", 5, 100);
                Assert.AreEqual(activity, Activity.Current);
            },
            time);

        Assert.AreEqual(Some.Time, record.Timestamp);
        Assert.AreEqual(LogLevel.Warning, record.Level);
        Assert.AreEqual("Zotify.Tests", record.Category);
        Assert.AreEqual(7, record.EventId.Id);
        Assert.AreEqual("Name", record.EventId.Name);
        Assert.AreEqual("Track 5/100", record.Message);
        CollectionAssert.AreEqual(
            new[] { KeyValuePair.Create<string, object?>("Done", 5), KeyValuePair.Create<string, object?>("Total", 100) },
            record.Properties.ToArray());
        StringAssert.StartsWith(record.Exception, "System.InvalidOperationException: boom");
        Assert.AreEqual(32, record.TraceId!.Length);
        Assert.AreEqual(16, record.SpanId!.Length);
    }

    [TestMethod]
    public async Task The_snapshot_is_taken_inside_the_call()
    {
        var live = new List<int> { 1, 2 };
        var scope = new Dictionary<string, object> { ["key"] = "then" };
        var record = await Captured(logger =>
        {
            using (logger.BeginScope(scope)) logger.LogInformation("{Live}", live);
            live.Add(3);
            scope["key"] = "now";
        });

        Assert.AreEqual("1, 2", record.Message);
        CollectionAssert.AreEqual(new object[] { 1, 2 }, (ICollection)record.Properties[0].Value!);
        Assert.AreEqual("then", record.Scope[0].Value);
    }

    [TestMethod]
    public async Task Values_keep_all_their_digits_and_everything_else_is_rendered()
    {
        var guid = Guid.Parse("0195e3a1-1111-7222-8333-444455556666");
        object?[] values =
        [
            long.MinValue, ulong.MaxValue, 0.1234567890123456789012345678m, true, guid, Some.Time, TimeSpan.FromTicks(1), DayOfWeek.Monday,
            double.NaN, float.NegativeInfinity, 1.5, 'c', new byte[] { 1, 2 }, new Uri("http://localhost/a"), null, "a\ud800b",
        ];
        var record = await Captured(logger => logger.Log(
            LogLevel.Information, default, values.Select((v, i) => KeyValuePair.Create($"v{i}", v)).ToList(), null, (_, _) => "m"));

        CollectionAssert.AreEqual(
            new object?[]
            {
                long.MinValue, ulong.MaxValue, 0.1234567890123456789012345678m, true, guid, Some.Time, TimeSpan.FromTicks(1), "Monday",
                "NaN", "-Infinity", 1.5, "c", "AQI=", "http://localhost/a", null, "a\ufffdb",
            },
            record.Properties.Select(pair => pair.Value).ToArray());
    }

    [TestMethod]
    public async Task Names_that_repeat_keep_the_last_value()
    {
        var record = await Captured(logger => logger.LogInformation("{A} {A}", 1, 2));

        Assert.AreEqual("1 2", record.Message);
        Assert.AreEqual(2, record.Properties.Single().Value);
    }

    [TestMethod]
    public async Task Every_call_of_a_template_has_its_own_values_and_a_missing_value_is_reported()
    {
        const string Template = "{User} went to {Place}";
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(handler);

        test.Logger().LogInformation(Template, "u1", 1);
        test.Logger().LogInformation(Template, "u2", null);
#pragma warning disable CA2017 // The lack of a value is what is tested.
        test.Logger().LogInformation(Template, "u3");
#pragma warning restore CA2017
        test.Logger().LogInformation(Template, "u4", "home");
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(
            new[] { "[User, u1] [Place, 1]", "[User, u2] [Place, ]", "[User, u3] [state_error, [FormattedLogValues threw "
                + "IndexOutOfRangeException]]", "[User, u4] [Place, home]" },
            handler.Records.Select(record => string.Join(' ', record.Properties)).ToArray());
    }
}
