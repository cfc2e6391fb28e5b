using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.Verification.ChainFolder;

namespace Zotify.Logging.Tests.Journal.Verification;

/// <summary>The files alone show that a segment was deleted or renamed, or that a line is in another one.</summary>
[TestClass]
public sealed class SegmentTamperingTests
{
    private const int Segments = 4;

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(1, 4)]
    [DataRow(2, 7)]
    public void A_dropped_segment_is_missed(int segment, int firstBad)
    {
        using var folder = New(hasKey: true);
        File.Delete(folder.Segments[segment]);
        Assert.AreEqual(firstBad, folder.Verify().FirstBad);
    }

    [TestMethod]
    public void Segments_that_changed_their_names_are_found_at_the_first()
    {
        for (var first = 0; first < Segments - 1; first++)
        {
            for (var second = first + 1; second < Segments; second++)
            {
                using var folder = New(hasKey: true);
                var (one, other) = (folder.Segments[first], folder.Segments[second]);
                var lines = File.ReadAllText(one);
                File.Move(other, one, overwrite: true);
                File.WriteAllText(other, lines);
                Assert.AreEqual((first * LinesOfASegment) + 1, folder.Verify().FirstBad, $"{first} and {second}");
            }
        }
    }

    [TestMethod]
    [DataRow(0, 2, 1)] // The journal must begin with what is missing now.
    [DataRow(1, 2, 2)] // Readers would take the lines from 2 on for void.
    [DataRow(1, 5, 4)]
    [DataRow(1, 20, 4)]
    [DataRow(2, 8, 7)]
    public void A_renamed_segment_is_found(int segment, int name, int firstBad)
    {
        using var folder = New(hasKey: true);
        File.Move(folder.Segments[segment], folder.Journal.PathOf(SegmentNames.Rolled(JournalFolder.Name, name)));
        Assert.AreEqual(firstBad, folder.Verify().FirstBad);
    }

    [TestMethod]
    public void A_line_that_was_moved_to_another_segment_is_found()
    {
        for (var line = 1; line <= Lines; line++)
        {
            for (var target = 0; target < Segments; target++)
            {
                foreach (var atEnd in (bool[])[false, true])
                {
                    using var folder = New(hasKey: true);
                    var (segment, at) = Place(line);
                    if (segment == target) continue;
                    // The active segment may begin anywhere: the writer could have rolled there.
                    if ((line, target, atEnd) is (9, 3, false) or (10, 2, true)) continue;
                    var moved = folder.Read(segment)[at];
                    folder.Write(segment, folder.Read(segment).Where((_, i) => i != at));
                    var lines = folder.Read(target);
                    folder.Write(target, atEnd ? [.. lines, moved] : [moved, .. lines]);
                    // It is found where it is missing, or where it is now, whichever comes first.
                    var here = (target * LinesOfASegment) + 1 + (atEnd ? lines.Length : 0);
                    Assert.AreEqual(
                        Math.Min(line, here), folder.Verify().FirstBad, $"{line} to {(atEnd ? "the end" : "the beginning")} of {target}");
                }
            }
        }
    }
}
