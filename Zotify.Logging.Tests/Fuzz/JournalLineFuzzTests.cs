using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Zotify.Logging.Formats;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Fuzz;

[TestClass]
public sealed class JournalLineFuzzTests
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    [TestMethod]
    public void An_audit_line_gives_the_same_values_back() => LoggedCall.Plain.Sample(
        call =>
        {
            var line = Parse(new AuditLineFormat("m/app"), call.Capture());
            AreSame(Expected.Named(call.Properties), line, "details");
            AreSame(Expected.Scoped(call.ScopeValues), line, "scope");
            AreSame(call.Message, line, "message");
            Assert.AreEqual(
                Expected.Text(string.IsNullOrEmpty(call.Event.Name) ? $"{call.Event.Id}" : call.Event.Name),
                line.GetProperty("event_type").GetString());
            Assert.AreEqual(Expected.Text(call.Category), line.GetProperty("category").GetString());
            Assert.AreEqual(call.Level.ToString(), line.GetProperty("level").GetString());
        },
        iter: 500 * TestScale.Factor);

    [TestMethod]
    public void A_job_line_gives_the_same_values_back() => LoggedCall.Plain.Sample(
        call =>
        {
            var line = Parse(new JobLineFormat("m/app", () => "job_id"), call.Capture());
            AreSame(Expected.Named(call.Properties), line, "properties");
            AreSame(Expected.Scoped(call.ScopeValues), line, "scope");
            AreSame(call.Message, line, "message");
            AreSame(call.Event.Name ?? "", line, "event_name");
            Assert.AreEqual(Expected.Text(call.Category), line.GetProperty("category").GetString());
        },
        iter: 500 * TestScale.Factor);

    [TestMethod]
    public void Misbehaving_values_still_make_one_line() => LoggedCall.Wild.Sample(
        call =>
        {
            var record = call.Capture("password");
            foreach (var format in (IJournalFormat<LogRecord>[])[new AuditLineFormat("m/app"), new JobLineFormat("m/app", () => "job_id")])
                AreSame(call.Message, Parse(format, record), "message");
        },
        iter: 150 * TestScale.Factor);

    private static JsonElement Parse(IJournalFormat<LogRecord> format, LogRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Write(record, 17, output);
        var text = StrictUtf8.GetString(output.WrittenSpan);
        Assert.IsFalse(text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'), "the line is not one line");
        return JsonElement.Parse(text);
    }

    private static void AreSame(IReadOnlyList<KeyValuePair<string, object?>> values, JsonElement line, string name)
    {
        if (values.Count == 0) Assert.IsFalse(line.TryGetProperty(name, out _));
        else Expected.AreSame(values, line.GetProperty(name));
    }

    private static void AreSame(string text, JsonElement line, string name)
    {
        if (text.Length == 0) Assert.IsFalse(line.TryGetProperty(name, out _));
        else Assert.AreEqual(Expected.Text(text), line.GetProperty(name).GetString());
    }
}
