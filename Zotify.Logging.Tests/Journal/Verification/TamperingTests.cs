using System.Text;
using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.Verification.ChainFolder;

namespace Zotify.Logging.Tests.Journal.Verification;

/// <summary>
/// The files alone show every change of a line, and which line it is, except changes that only the database can show.
/// </summary>
[TestClass]
public sealed class TamperingTests
{
    private const int Segments = 4;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void An_untouched_journal_is_valid(bool hasKey)
    {
        using var folder = New(hasKey);
        Assert.HasCount(Segments, folder.Segments);
        Assert.AreEqual(new Verdict(null, null, Lines, 1, Lines, IsAnchored: true, hasKey ? 1 : null, 0, 0), folder.Verify());
    }

    [TestMethod]
    [DataRow(false, 1)]
    [DataRow(false, 5)]
    [DataRow(false, 6)]
    [DataRow(false, 10)]
    [DataRow(true, 1)]
    [DataRow(true, 5)]
    [DataRow(true, 11)]
    public void Any_changed_byte_is_found_in_its_line(bool hasKey, int line)
    {
        using var folder = New(hasKey);
        var path = folder.Segments[(line - 1) / LinesOfASegment];
        var bytes = File.ReadAllBytes(path);
        var (start, end) = Extent(bytes, (line - 1) % LinesOfASegment);
        for (var at = start; at <= end; at++)
        {
            foreach (var value in (byte[])[(byte)(bytes[at] ^ 1), (byte)'\n', (byte)'"', 0xff])
            {
                // Whether the last line has its newline is another case: without it the line is not finished.
                if (value == bytes[at] || (line == Lines && at == end)) continue;
                byte[] changed = [.. bytes[..at], value, .. bytes[(at + 1)..]];
                File.WriteAllBytes(path, changed);
                Assert.AreEqual(line, folder.Verify().FirstBad, $"byte {at - start} as {value}: {Encoding.UTF8.GetString(changed)}");
            }
        }
    }

    [TestMethod]
    public void A_line_that_lost_its_end_is_not_taken_for_one()
    {
        using var folder = New(hasKey: true);
        var bytes = File.ReadAllBytes(folder.Segments[3]);
        File.WriteAllBytes(folder.Segments[3], [.. bytes[..^1], (byte)'x']);
        var verdict = folder.Verify();
        Assert.AreEqual((null, 10, folder.Read(3)[1].Length), (verdict.FirstBad, verdict.Last, verdict.UnfinishedBytes));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_deleted_line_is_missed(bool hasKey)
    {
        for (var line = 1; line < Lines; line++)
        {
            using var folder = New(hasKey);
            var (segment, at) = Place(line);
            folder.Write(segment, folder.Read(segment).Where((_, i) => i != at));
            Assert.AreEqual(line, folder.Verify().FirstBad);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void An_inserted_copy_of_a_line_is_found(bool hasKey)
    {
        for (var line = 1; line <= Lines; line++)
        {
            for (var place = 1; place <= Lines; place++)
            {
                using var folder = New(hasKey);
                var copy = folder.ReadAll()[line - 1];
                var (segment, at) = Place(place);
                folder.Write(segment, [.. folder.Read(segment)[..at], copy, .. folder.Read(segment)[at..]]);
                // A line before itself is right at that position; its second copy is not. The first line of the active segment shows where
                // it begins: lines of the segment before from there on are void, if all of them are written again.
                var voids = place == 10 && line is > 6 and < 10;
                int? expected = line == place ? line + 1 : place;
                // A copy of lines that are read is void then: nothing changed for anybody, as after a failed flush.
                if (voids && line == 9) expected = null;
                var verdict = folder.Verify();
                Assert.AreEqual((expected, voids ? 10 - line : 0), (verdict.FirstBad, verdict.VoidLines), $"{line} before {place}");
            }
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Swapped_lines_are_found_at_the_first(bool hasKey)
    {
        for (var first = 1; first < Lines; first++)
        {
            for (var second = first + 1; second <= Lines; second++)
            {
                using var folder = New(hasKey);
                var all = folder.ReadAll();
                (all[first - 1], all[second - 1]) = (all[second - 1], all[first - 1]);
                WriteAll(folder, all);
                Assert.AreEqual(first, folder.Verify().FirstBad, $"{first} and {second}");
            }
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void An_edited_number_is_found_in_its_line(bool hasKey)
    {
        foreach (var line in (int[])[1, 3, 4, 8, 10, 11])
        {
            foreach (var number in (string[])["1", "4", "5", "10", "11", "12", "99", "0", "-1", "1.5", "99999999999999999999", "null", "\"4\""])
            {
                using var folder = New(hasKey);
                var (segment, at) = Place(line);
                var lines = folder.Read(segment);
                var edited = lines[at].Replace($"\"seq\":{line}", $"\"seq\":{number}", StringComparison.Ordinal);
                if (edited == lines[at]) continue;
                lines[at] = edited;
                folder.Write(segment, lines);
                Assert.AreEqual(line, folder.Verify().FirstBad, $"{line} as {number}");
            }
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_forged_line_at_the_end_of_a_segment_is_found_after_it(bool hasKey)
    {
        for (var segment = 0; segment < Segments; segment++)
        {
            using var original = New(hasKey);
            var last = Math.Min((segment + 1) * LinesOfASegment, Lines);
            string[] forged =
            [
                .. Forger.Seal([$"{{\"message\":\"forged\",\"seq\":{last + 1}"], new byte[32]), // after another line
                .. Forger.Seal([$"{{\"message\":\"forged\",\"seq\":{last + 2}"], Forger.HashOf(original.Read(segment)[^1])),
                .. Forger.Seal(
                    [$"{{\"message\":\"forged\",\"seq\":{last + 1}"],
                    Forger.HashOf(original.Read(segment)[^1]),
                    new HashKey(Key.Id, OtherKey.Key)),
                .. Forger.Seal([$"{{\"message\":\"forged\",\"seq\":{last + 1}"], Forger.HashOf(original.Read(segment)[^1]), OtherKey),
            ];
            foreach (var line in forged)
            {
                using var folder = New(hasKey);
                folder.Write(segment, [.. folder.Read(segment), line]);
                Assert.AreEqual(last + 1, folder.Verify().FirstBad, line);
            }
        }
    }

    [TestMethod]
    public void Without_the_key_nobody_goes_on_from_any_line()
    {
        for (var from = 2; from <= Lines; from++)
        {
            foreach (var key in (HashKey?[])[null, OtherKey, new HashKey(Key.Id, OtherKey.Key)])
            {
                using var folder = New(hasKey: true);
                folder.Keys = [Key, new HashKey("unused", Key.Key)];
                var all = folder.ReadAll();
                var contents = all[(from - 1)..].Select(line => Forger.Content(line).Replace("\"m", "\"x", StringComparison.Ordinal));
                WriteAll(folder, [.. all[..(from - 1)], .. Forger.Seal(contents, Forger.HashOf(all[from - 2]), key)]);
                Assert.AreEqual(from, folder.Verify().FirstBad, key?.Id);
            }
        }
    }

    [TestMethod]
    public void All_lines_rewritten_with_a_wrong_key_are_found_at_the_first_and_without_any_key_reported_as_unsigned()
    {
        using var folder = New(hasKey: true);
        var contents = folder.ReadAll().Select(Forger.Content).ToArray();
        WriteAll(folder, Forger.Seal(contents, new byte[32], new HashKey(Key.Id, OtherKey.Key)));
        Assert.AreEqual(1, folder.Verify().FirstBad);

        // As a journal that was written before there were keys: only the database shows the change.
        WriteAll(folder, Forger.Seal(contents, new byte[32]));
        Assert.AreEqual((null, null), (folder.Verify().FirstBad, folder.Verify().SignedFrom));
    }

    [TestMethod]
    public void Text_after_an_object_or_next_to_its_hash_is_found()
    {
        foreach (var (old, changed) in ((string, string)[])[("\"}", "\"} "), ("\"}", "\" }"), ("\"}", "\",\"x\":1}"), ("\"}", "\"}}"), (",\"hash\":", ", \"hash\":"), (",\"hash\":\"", ",\"hash\":\"A")])
        {
            using var folder = New(hasKey: false);
            var lines = folder.Read(1);
            lines[1] = lines[1].Replace(old, changed, StringComparison.Ordinal);
            folder.Write(1, lines);
            Assert.AreEqual(5, folder.Verify().FirstBad, changed);
        }
    }

    private static void WriteAll(ChainFolder folder, string[] lines)
    {
        for (var segment = 0; segment < Segments; segment++)
            folder.Write(segment, lines.Skip(segment * LinesOfASegment).Take(LinesOfASegment));
    }

    /// <summary>The start and the end of a line.</summary>
    private static (int Start, int End) Extent(byte[] bytes, int line)
    {
        var start = 0;
        for (; line > 0; line--) start = Array.IndexOf(bytes, (byte)'\n', start) + 1;
        return (start, Array.IndexOf(bytes, (byte)'\n', start));
    }
}
