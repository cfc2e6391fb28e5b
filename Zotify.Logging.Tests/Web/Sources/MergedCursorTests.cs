using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Web.Sources;

[TestClass]
public sealed class MergedCursorTests
{
    private const string File = "0123456789abcdef.42";

    private static readonly uint[] Names = [.. ((string[])["web-1", "web-2", "sidecar"]).Select(PositionCode.HashOf)];

    [TestMethod]
    public void Its_text_says_all_of_it()
    {
        var cursor = Cursor();
        var read = MergedCursor.TryParse(cursor.ToString(), Names)!;
        Assert.AreEqual(
            (File, "another program's own", Some.Time, 1, Some.Time), (
                read[0].Cursor, read[1].Cursor, read[2].Since, read.Line, read.Time));
        Assert.AreEqual(cursor.ToString(), read.ToString());
        Assert.IsTrue(cursor.IsAt(read, [true, true, true]));
    }

    [TestMethod]
    public void The_order_of_the_sources_does_not_matter_and_one_that_is_gone_is_left_out()
    {
        var read = MergedCursor.TryParse(Cursor().ToString(), [Names[1], PositionCode.HashOf("new"), Names[0]])!;
        Assert.AreEqual(("another program's own", true, File, 0), (read[0].Cursor, read[1].IsEnd, read[2].Cursor, read.Line));
    }

    [TestMethod]
    public void A_hundred_sources_fit_into_a_header()
    {
        uint[] names = [.. Enumerable.Range(0, 101).Select(i => PositionCode.HashOf($"instance {i}"))];
        Assert.AreEqual(names.Length, names.Distinct().Count());
        var cursor = new MergedCursor(names) { Time = DateTimeOffset.MaxValue };
        for (var i = 0; i < names.Length; i++) cursor[i] = SourcePosition.Of($"0123456789abcdef.{long.MaxValue}");
        Assert.IsLessThan(4_000, cursor.ToString().Length);
        Assert.IsTrue(MergedCursor.TryParse(cursor.ToString(), names)!.IsAt(cursor, [.. names.Select(_ => true)]));
    }

    [TestMethod]
    public void Any_other_text_is_none()
    {
        var text = Cursor().ToString();
        for (var i = 0; i < text.Length; i++)
        {
            var changed = $"{text[..i]}{(text[i] == 'A' ? 'B' : 'A')}{text[(i + 1)..]}";
            Assert.IsNull(MergedCursor.TryParse(changed, Names), changed);
            Assert.IsNull(MergedCursor.TryParse(text[..i], Names));
        }

        foreach (var other in (string[])["", File, "m", $"{text}=", $" {text}"]) Assert.IsNull(MergedCursor.TryParse(other, Names), other);
    }

    [TestMethod]
    public void Malformed_content_is_refused_whatever_its_checksum()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            // Mostly small numbers, so that kinds and lengths are often valid.
            for (var k = 0; k < bytes.Length; k++) bytes[k] = (byte)(random.Next(3) == 0 ? bytes[k] : bytes[k] % 4);
            if (MergedCursor.TryParse(CursorText.Encode('m', bytes), Names) is { } cursor)
                Assert.IsNotNull(MergedCursor.TryParse(cursor.ToString(), Names));
        }
    }

    [TestMethod]
    public void It_marks_what_is_older_than_the_latest_line()
    {
        var cursor = new MergedCursor(Names) { Time = Some.Time };
        Assert.IsTrue(cursor.Advance(0, "1", Some.Time - TimeSpan.FromTicks(1)));
        Assert.AreEqual(Some.Time, cursor.Time);
        Assert.IsFalse(cursor.Advance(1, "1", Some.Time));
        Assert.IsFalse(cursor.Advance(0, "2", Some.Time + TimeSpan.FromTicks(1)));
        Assert.IsTrue(cursor.Advance(1, "2", Some.Time));
    }

    private static MergedCursor Cursor() => new(Names)
    {
        [0] = SourcePosition.Of(File),
        [1] = SourcePosition.Of("another program's own"),
        [2] = SourcePosition.Of(Some.Time),
        Time = Some.Time,
        Line = 1,
    };
}
