using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Zotify.Logging.Formats;
using Zotify.Logging.Handlers;
using Zotify.Logging.Queries;
using Zotify.Logging.Records;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Fuzz;

[TestClass]
public sealed class SystemLineFuzzTests
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    [TestMethod]
    public void One_call_stays_one_entry_and_reads_back_the_same() => Gen.OneOf(LoggedCall.Plain, LoggedCall.Wild).Sample(
        call =>
        {
            var record = call.Capture();
            var output = new ArrayBufferWriter<byte>();
            new SystemLineFormat().Write(record, output);
            var lines = StrictUtf8.GetString(output.WrittenSpan).Split('\n');
            Assert.AreEqual("", lines[^1], "the last line ends too");
            Assert.AreEqual(record.Exception?.Split('\n').Length ?? 0, lines.Length - 2);
            Assert.IsTrue(lines[1..^1].All(line => line.StartsWith('\t')), "a line that is no entry begins with a tab");
            Assert.IsFalse(
                lines[0].Concat(lines[1..^1].SelectMany(line => line[1..])).Any(EndsLines), "a line is one line for every viewer");

            var entry = SystemTextLineParser.Parse(SystemLineParser.Decode(output.WrittenSpan), "");
            Assert.AreEqual(record.Timestamp, entry.Timestamp);
            Assert.AreEqual(call.Level.ToString(), entry.Level);
            Assert.IsNull(entry.TraceId);
            Assert.AreEqual(Escaped(call.Category, IsSpecialInNames), entry.Category);
            Assert.AreEqual(call.Event.Id, entry.EventId);
            Assert.AreEqual(string.IsNullOrEmpty(call.Event.Name) ? null : Escaped(call.Event.Name, IsSpecialInNames), entry.EventName);
            Assert.AreEqual(Escaped(Expected.Text(call.Message), EndsLines), entry.Message);
            Assert.AreEqual(
                record.Exception is null ? null : string.Join('\n', record.Exception.Split('\n').Select(line => Escaped(line, EndsLines))),
                entry.Exception);
        },
        iter: 500 * TestScale.Factor);

    [TestMethod]
    public void One_call_stays_one_line_of_json_and_reads_back_the_same() => Gen.OneOf(LoggedCall.Plain, LoggedCall.Wild).Sample(
        call =>
        {
            var record = call.Capture();
            var output = new ArrayBufferWriter<byte>();
            new SystemJsonLineFormat("host/app", () => "job_id").Write(record, output);
            var line = StrictUtf8.GetString(output.WrittenSpan);
            Assert.IsFalse(line[..^1].Any(EndsLines), "a line is one line for every viewer");
            Assert.AreEqual('\n', line[^1]);

            var entry = SystemLineParser.Parse(output.WrittenSpan, "", "other");
            Assert.AreEqual(SystemLogFormat.Json, entry.Format);
            Assert.AreEqual(record.Timestamp, entry.Timestamp);
            Assert.AreEqual(call.Level.ToString(), entry.Level);
            Assert.AreEqual(call.Level, SystemLineParser.LevelOf(output.WrittenSpan));
            Assert.AreEqual(record.Timestamp, SystemLineParser.TimeOf(output.WrittenSpan));
            Assert.AreEqual(Valid(call.Category), entry.Category);
            Assert.AreEqual(call.Event.Id, entry.EventId);
            Assert.AreEqual(string.IsNullOrEmpty(call.Event.Name) ? null : Valid(call.Event.Name), entry.EventName);
            Assert.AreEqual(Expected.Text(call.Message), entry.Message);
            Assert.AreEqual(record.Exception, entry.Exception);
            Assert.AreEqual("host/app", entry.Instance);
            AreSame(record.Properties, entry.Properties);
            AreSame(record.Scope, entry.Scope);

            var text = new ArrayBufferWriter<byte>();
            new SystemLineFormat().Write(record, text);
            Assert.AreEqual(SystemLineParser.Decode(text.WrittenSpan), SystemLineParser.WithText(entry).Text, "the same text as in the other format");
        },
        iter: 500 * TestScale.Factor);

    /// <summary>The object has these values, a job's id apart.</summary>
    private static void AreSame(IReadOnlyList<KeyValuePair<string, object?>> values, JsonElement? found)
    {
        var rest = values.Where(value => !PropertyNames.Same(value.Key, "job_id")).Select(value => value.Key).ToArray();
        var names = found?.EnumerateObject().Select(property => property.Name).Where(name => !PropertyNames.Same(name, "job_id")).ToArray();
        CollectionAssert.AreEqual(rest, names ?? []);
    }

    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static bool EndsLines(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    private static bool IsSpecialInNames(char c) => EndsLines(c) || char.IsWhiteSpace(c) || c is '[' or ']';

    private static string Escaped(string text, Func<char, bool> special) =>
        string.Concat(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Select(c => c switch
    {
        _ when !special(c) => c.ToString(),
        '\r' => @"\r",
        '\n' => @"\n",
        '\t' => @"\t",
        '\u0085' or > '\u00ff' => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\x{(int)c:x2}"),
    }));
}
