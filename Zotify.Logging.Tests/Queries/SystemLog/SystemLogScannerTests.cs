using System.Text;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;

namespace Zotify.Logging.Tests.Queries.SystemLog;

[TestClass]
public sealed class SystemLogScannerTests
{
    [TestMethod]
    public void Entries_of_any_length_are_the_same_forwards_and_backwards()
    {
        var random = new Random(2026);
        // Around the block of 64 KiB, where lines and entries are split and joined again.
        int[] lengths = [0, 1, 2, 100, 65_533, 65_534, 65_535, 65_536, 65_537, 131_071, 131_072, 200_000];
        for (var round = 0; round < 60; round++)
        {
            using var folder = new SystemLogFolder();
            var entries = new List<string>();
            for (var i = random.Next(1, 12); i > 0; i--)
            {
                var lines = Enumerable.Range(0, random.Next(4)).Select(_ => "\n\t" + new string('e', lengths[random.Next(lengths.Length)]));
                entries.Add($"{i}{new string('m', lengths[random.Next(lengths.Length)])}{string.Concat(lines)}\n");
            }

            folder.Append(string.Concat(entries) + "half a line");
            using var file = SystemLogFile.TryOpen(folder.Active)!;
            Assert.AreEqual(entries.Sum(entry => entry.Length), file.EndOfLines(file.Length));
            CollectionAssert.AreEqual(entries, Forwards(file));
            entries.Reverse();
            CollectionAssert.AreEqual(entries, Backwards(file));
        }
    }

    [TestMethod]
    public void A_line_of_megabytes_is_read_whole()
    {
        using var folder = new SystemLogFolder();
        var line = new string('x', 3_000_000) + "\n";
        folder.Append("first\n" + line + "last\n");
        using var file = SystemLogFile.TryOpen(folder.Active)!;
        Assert.AreEqual(line, Forwards(file)[1]);
        Assert.AreEqual(line, Backwards(file)[1]);
    }

    [TestMethod]
    public void An_entry_whose_exception_is_being_written_is_held_back_once()
    {
        using var folder = new SystemLogFolder();
        folder.Append("first\n\tsome\n\tha");
        using var file = SystemLogFile.TryOpen(folder.Active)!;
        using var scanner = new SystemLogForwardScanner(file, 0);
        Assert.IsFalse(scanner.TryRead(waits: true, out _));
        folder.Append("lf\n");
        Assert.IsTrue(scanner.TryRead(waits: true, out var entry));
        Assert.AreEqual("first\n\tsome\n\thalf\n", Encoding.UTF8.GetString(entry.Span));

        folder.Append("second\n\tha");
        Assert.IsFalse(scanner.TryRead(waits: true, out _));
        Assert.IsTrue(scanner.TryRead(waits: true, out entry), "nothing came: what is there is given out");
        Assert.AreEqual("second\n", Encoding.UTF8.GetString(entry.Span));
    }

    private static List<string> Forwards(SystemLogFile file)
    {
        var entries = new List<string>();
        using var scanner = new SystemLogForwardScanner(file, 0);
        while (scanner.TryRead(waits: false, out var entry)) entries.Add(Encoding.UTF8.GetString(entry.Span));
        return entries;
    }

    private static List<string> Backwards(SystemLogFile file)
    {
        var entries = new List<string>();
        var scanner = new SystemLogBackwardScanner(file, file.EndOfLines(file.Length));
        while (scanner.TryRead(out var entry)) entries.Add(Encoding.UTF8.GetString(entry));
        return entries;
    }
}
