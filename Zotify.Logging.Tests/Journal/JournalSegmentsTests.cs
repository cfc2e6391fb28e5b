using System.Text.Json;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

/// <summary>The effects of retention on a journal's segments.</summary>
[TestClass]
public sealed class JournalSegmentsTests
{
    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Segments_have_their_numbers_sizes_and_last_lines()
    {
        using var folder = Chained();
        folder.MaxFileSize = 1;
        using var journal = folder.Open();
        Log(folder, journal, "m1");
        folder.Time.Advance(TimeSpan.FromMinutes(1));
        journal.Append(Numbered(2, 3), new TimedFormat(folder.Time));
        Log(folder, journal, "m5");
        await journal.FlushAsync(Cancellation);

        var segments = journal.Segments();

        Assert.AreEqual(
            "1-1 2-4 5-5 active", string.Join(' ', segments.Select(s => $"{s.FirstSeq}-{s.LastSeq}{(s.IsActive ? " active" : "")}")));
        foreach (var segment in segments)
        {
            var last = JsonElement.Parse(File.ReadLines(segment.Path).Last());
            Assert.AreEqual(new FileInfo(segment.Path).Length, segment.Size);
            Assert.AreEqual(last.GetProperty("hash").GetString(), segment.LastHash);
            Assert.AreEqual(last.GetProperty("timestamp").GetDateTimeOffset(), segment.LastTimestamp);
        }
    }

    [TestMethod]
    public void An_empty_active_segment_is_none_that_holds_lines()
    {
        using var folder = Chained();
        using var journal = folder.Open();
        Log(folder, journal, "m1");
        journal.RollOlderThan(DateTimeOffset.MaxValue);
        var segment = journal.Segments().Single();
        Assert.AreEqual((1L, 1L, false), (segment.FirstSeq, segment.LastSeq, segment.IsActive));
    }

    [TestMethod]
    public void A_segment_ends_before_its_void_lines()
    {
        using var folder = Chained();
        // As after a failed flush: the second line was written again to the next segment.
        File.WriteAllText(folder.PathOf(SegmentNames.Rolled(Name, 1)), Sealed(1, "first") + Sealed(2, "void"));
        File.WriteAllText(folder.Active, Sealed(2, "second"));
        using var journal = folder.Open();
        var segment = journal.Segments()[0];
        Assert.AreEqual((1L, "first"), (segment.LastSeq, segment.LastHash));
    }

    [TestMethod]
    public void A_segment_that_was_cut_has_no_known_end()
    {
        using var folder = Chained();
        File.WriteAllText(folder.PathOf(SegmentNames.Rolled(Name, 1)), Sealed(1, "first"));
        File.WriteAllText(folder.Active, Sealed(3, "third"));
        using var journal = folder.Open();
        var segment = journal.Segments()[0];
        Assert.AreEqual((2L, null, null), (segment.LastSeq, segment.LastHash, segment.LastTimestamp));
    }

    [TestMethod]
    public void An_old_segment_is_rolled_and_the_roll_is_notified()
    {
        using var folder = Chained();
        var rolls = 0;
        folder.Options = folder.Options with { Rolled = () => rolls++ };
        using var journal = folder.Open();
        journal.RollOlderThan(DateTimeOffset.MaxValue);
        Log(folder, journal, "m1");
        folder.Time.Advance(TimeSpan.FromHours(1));
        Log(folder, journal, "m2");

        journal.RollOlderThan(Some.Time);
        Assert.AreEqual(0, rolls);
        journal.RollOlderThan(Some.Time.AddSeconds(1));
        Assert.AreEqual(1, rolls);

        Log(folder, journal, "m3");
        AreEqual([SegmentNames.Rolled(Name, 1), Name], folder.Names);
        AreEqual(Numbered(1, 3), folder.Messages);
    }

    [TestMethod]
    public async Task The_rest_is_read_on_after_segments_were_deleted()
    {
        using var folder = Chained();
        folder.MaxFileSize = 1;
        using (var journal = folder.Open())
        {
            Log(folder, journal, Numbered(1, 4));
            await journal.FlushAsync(Cancellation);
            var cursor = journal.Read(JournalCheckpoint.Start, 2)[1].ToCheckpoint();
            journal.Delete([.. journal.Segments().Take(2)]);
            AreEqual(["m3", "m4"], Texts(journal.Read(cursor, 10)));
            AreEqual(["m3", "m4"], Texts(journal.Read(JournalCheckpoint.Start, 10)));
        }

        using var again = folder.Open();
        Assert.AreEqual(4, again.LastSeq);
    }

    [TestMethod]
    public async Task Segments_that_are_gone_already_do_not_matter()
    {
        using var folder = Chained();
        folder.MaxFileSize = 1;
        using var journal = folder.Open();
        Log(folder, journal, Numbered(1, 3));
        await journal.FlushAsync(Cancellation);
        var rolled = journal.Segments().Take(2).ToArray();
        File.Delete(rolled[0].Path);
        journal.Delete(rolled);
        AreEqual(["m3"], folder.Messages);
    }

    [TestMethod]
    public async Task Nothing_comes_after_the_last_record()
    {
        using var folder = Chained();
        using var journal = folder.Open();
        Log(folder, journal, "m1", "m2");
        journal.Complete(seq => $"last after {seq}", new TimedFormat(folder.Time));
        var refused = Assert.ThrowsExactly<JournalClosedException>(() => Log(folder, journal, "late"));
        StringAssert.Contains(refused.Message, "closed", StringComparison.Ordinal);
        await journal.FlushAsync(Cancellation);
        AreEqual(["m1", "m2", "last after 2"], folder.Messages);
    }

    [TestMethod]
    public void A_journal_whose_last_record_cannot_be_written_is_complete_all_the_same()
    {
        using var folder = Chained();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        disk.FailWrite = true;
        Assert.ThrowsExactly<IOException>(() => journal.Complete(_ => "last", new TimedFormat(folder.Time)));
        disk.FailWrite = false;
        Assert.ThrowsExactly<JournalClosedException>(() => Log(folder, journal, "late"));
        Assert.IsEmpty(folder.Messages);
    }

    private static JournalFolder Chained()
    {
        var folder = new JournalFolder();
        folder.Options = folder.Options with { Chained = true };
        return folder;
    }

    private static void Log(JournalFolder folder, JournalWriter journal, params string[] messages)
    {
        foreach (var message in messages) journal.Append([message], new TimedFormat(folder.Time));
    }

    private static string Sealed(long seq, string hash) =>
        $"{{\"message\":\"m\",\"timestamp\":\"2026-11-23T15:00:00Z\",\"seq\":{seq},\"hash\":\"{hash}\"}}\n";
}
