using System.Text;
using System.Text.Json;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class JournalReaderTests
{
    private readonly TestJournal _journal = new();

    [TestCleanup]
    public void Delete() => _journal.Dispose();

    [TestMethod]
    public void Every_line_is_read_once_however_few_at_a_time()
    {
        _journal.MaxFileSize = 300;
        _journal.Write([.. Enumerable.Range(1, 20).Select(i => $"text {i}")]);
        using var writer = _journal.Open();
        foreach (var atOnce in (int[])[1, 3, 7, 100])
        {
            var read = new List<long>();
            var cursor = JournalCursor.Start;
            while (writer.Read(cursor, atOnce) is { Count: > 0 } lines)
            {
                Assert.IsLessThanOrEqualTo(atOnce, lines.Count);
                read.AddRange(lines.Select(line => line.Seq));
                cursor = lines[^1].ToCursor();
            }

            CollectionAssert.AreEqual(_journal.Numbers(), read);
        }
    }

    [TestMethod]
    public void A_cursor_stays_valid_when_its_segment_is_renamed()
    {
        _journal.Write("one", "two");
        var cursor = Read(JournalCursor.Start)[0].ToCursor();
        _journal.MaxFileSize = 1;
        _journal.Write("three");
        CollectionAssert.AreEqual(new[] { "two", "three" }, Texts(cursor));
    }

    [TestMethod]
    public void A_cursor_at_the_end_of_a_pruned_segment_goes_on_with_the_next()
    {
        _journal.MaxFileSize = 1;
        _journal.Write("one", "two", "three");
        var cursor = Read(JournalCursor.Start)[0].ToCursor();
        File.Delete(_journal.PathOf("audit.log.00000000000000000001.json"));
        CollectionAssert.AreEqual(new[] { "two", "three" }, Texts(cursor));
    }

    [TestMethod]
    public void A_journal_that_lost_the_cursors_line_is_truncated()
    {
        _journal.Write("one", "two", "three");
        var cursor = Read(JournalCursor.Start)[2].ToCursor();
        File.WriteAllLines(_journal.Path, _journal.Lines[..2]);
        Assert.Throws<JournalTruncatedException>(() => Read(cursor));
    }

    [TestMethod]
    public void A_journal_with_another_line_at_the_cursor_is_truncated()
    {
        _journal.Write("one", "two", "three");
        var cursor = Read(JournalCursor.Start)[1].ToCursor();
        var bytes = File.ReadAllBytes(_journal.Path);
        bytes[Encoding.UTF8.GetString(bytes).IndexOf("two", StringComparison.Ordinal)] = (byte)'T';
        File.WriteAllBytes(_journal.Path, bytes);
        Assert.Throws<JournalTruncatedException>(() => Read(cursor));
    }

    [TestMethod]
    public void Lines_of_a_segment_that_the_next_one_begins_before_are_void()
    {
        _journal.MaxFileSize = 1;
        _journal.Write("one", "two", "three");
        // As after a failed flush: the number 2 was given again, in a new segment.
        File.AppendAllText(_journal.PathOf("audit.log.00000000000000000001.json"), "{\"text\":\"void\",\"seq\":2}\n");
        CollectionAssert.AreEqual(new[] { "one", "two", "three" }, Texts(JournalCursor.Start));
    }

    private IReadOnlyList<JournalLine> Read(JournalCursor cursor)
    {
        using var writer = _journal.Open();
        return writer.Read(cursor, 100);
    }

    private string[] Texts(JournalCursor cursor) =>
        [.. Read(cursor).Select(line => JsonElement.Parse(line.Utf8.Span).GetProperty("text").GetString()!)];
}
