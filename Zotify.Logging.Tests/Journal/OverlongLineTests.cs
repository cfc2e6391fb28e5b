using System.Text;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Journal;

/// <summary>A line without an end, or of hundreds of megabytes, costs a reader time but no memory.</summary>
[TestClass]
public sealed class OverlongLineTests
{
    private const int Limit = 100_000;

    private readonly JournalFolder _folder = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [DataRow(Limit - 1)]
    [DataRow(Limit)]
    [DataRow(Limit + 1)]
    [DataRow(3 * Limit)]
    public void A_line_up_to_the_limit_is_read_and_a_longer_one_is_named(int length)
    {
        File.WriteAllText(_folder.Active, $"before\n{new string('x', length)}\nafter\n");
        var expected = length <= Limit ? new string('x', length) : $"a line of {length} bytes, which is too long to be read";
        using var reader = new SegmentReader(_folder.Active, 0, Limit);
        CollectionAssert.AreEqual(new[] { "before", expected, "after" }, Forward(reader));
        Assert.AreEqual(new FileInfo(_folder.Active).Length, reader.Offset);
        Assert.AreEqual(0, reader.UnreadBytes);
        CollectionAssert.AreEqual(new[] { "after", expected, "before" }, Backward());
    }

    [TestMethod]
    public void A_long_end_that_is_still_being_written_is_read_once_it_is_whole()
    {
        File.WriteAllText(_folder.Active, "before\n" + new string('x', 3 * Limit));
        using var reader = new SegmentReader(_folder.Active, 0, Limit);
        CollectionAssert.AreEqual(new[] { "before" }, Forward(reader));
        Assert.AreEqual("before\n".Length, reader.Offset);
        Assert.AreEqual(3 * Limit, reader.UnreadBytes);
        File.AppendAllText(_folder.Active, "x\nafter\n");
        CollectionAssert.AreEqual(new[] { $"a line of {3 * Limit + 1} bytes, which is too long to be read", "after" }, Forward(reader));
    }

    [TestMethod]
    public void A_journal_with_a_huge_line_is_read_and_goes_on_in_bounded_memory()
    {
        const long Huge = OverlongLine.Limit * 8L;
        const long Torn = 16 * 1024 * 1024;
        _folder.Write("m1");
        AppendSparse(Huge, "\n");
        File.AppendAllText(_folder.Active, JournalFolder.Line("m2", 2) + "\n");
        AppendSparse(Torn, "");
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var journal = _folder.Open();
        Assert.AreEqual(2, journal.LastSeq);
        JournalFolder.AreEqual(JournalFolder.Numbered(1, 2), JournalFolder.Texts(journal.Read(JournalCheckpoint.Start, 10)));
        Assert.AreEqual(2, JournalEnd.Find(_folder.Active)!.Value.Seq);
        // The memory of a buffer that grows up to the limit, not that of the line.
        Assert.IsLessThan(4L * OverlongLine.Limit, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(Torn + 1, new FileInfo(_folder.Torn).Length);
    }

    private static string[] Forward(SegmentReader reader)
    {
        var lines = new List<string>();
        while (reader.TryRead(out var line)) lines.Add(Encoding.UTF8.GetString(line.Span));
        return [.. lines];
    }

    private string[] Backward()
    {
        var lines = new List<string>();
        for (var offset = new FileInfo(_folder.Active).Length; SegmentReader.LineBefore(_folder.Active, offset, Limit) is { } line; offset = line.Start)
            lines.Add(Encoding.UTF8.GetString(line.Bytes));
        return [.. lines];
    }

    /// <summary>Zeros that use no space on the disk.</summary>
    private void AppendSparse(long length, string text)
    {
        using var file = new FileStream(_folder.Active, FileMode.Open, FileAccess.Write);
        file.Position = file.Length + length - text.Length;
        if (text.Length > 0) file.Write(Encoding.ASCII.GetBytes(text));
        else file.SetLength(file.Position);
    }
}
