using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries;

/// <summary>What is no cursor of its kind is refused by the one exception that names the property, whatever the text is.</summary>
[TestClass]
public sealed class CursorTextTests
{
    private static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    private static readonly (string Text, Action<string> Decode)[] Cursors =
    [
        (new AuditPageCursor(Noon, 1, 17).Encode(descending: true), text => AuditPageCursor.Decode(text, descending: true)),
        (new JobListCursor(JobListOrder.Began, Noon, "a job").Encode(), text => JobListCursor.Decode(text, JobListOrder.Began)),
        (new JobListCursor(JobListOrder.Ended, null, "a job").Encode(), text => JobListCursor.Decode(text, JobListOrder.Ended)),
        (AuditStreamCursor.Encode(new JournalsCursor([new(1, 17), new(2, 300)])), text => AuditStreamCursor.Decode(text)),
        (new JobCursor(new JournalsCursor([new(1, 17)]), 17).Encode(), text => JobCursor.Decode(text)),
    ];

    [TestMethod]
    public void The_cursor_of_a_job_keeps_all_that_it_says()
    {
        foreach (var journals in (JournalsCursor[])[new([new(4, 17)]), new([new(1, 17), new(3, 300), new(400, 2)])])
        {
            foreach (var entries in (long?[])[null, 0, 1, 100_000])
            {
                foreach (var entry in journals.Seqs.Select(journal => (long?)journal.Key).Append(null))
                {
                    var cursor = new JobCursor(journals, entries, IsEnd: entry is null, entry);
                    var read = JobCursor.Decode(cursor.Encode());
                    Assert.AreEqual((entries, cursor.IsEnd, entry), (read.Entries, read.IsEnd, read.JournalId));
                    CollectionAssert.AreEqual(journals.Seqs.ToArray(), read.Journals.Seqs.ToArray());
                }
            }
        }
    }

    [TestMethod]
    public void A_cursor_is_read_back()
    {
        foreach (var (text, decode) in Cursors) decode(text);
    }

    [TestMethod]
    public void A_text_that_is_no_cursor_is_refused()
    {
        foreach (var (cursor, decode) in Cursors)
        {
            string[] others = [.. Cursors.Select(other => other.Text).Where(other => other != cursor)];
            foreach (var text in others.Concat(Mutants(cursor)))
            {
                Assert.ThrowsExactly<InvalidCursorException>(() => decode(text), $"'{text}' is a mutant of '{cursor}'");
            }
        }
    }

    private static IEnumerable<string> Mutants(string cursor)
    {
        foreach (var letter in "*=%+/ \n\0é\uD800")
        {
            yield return new string(letter, cursor.Length);
            for (var i = 0; i <= cursor.Length; i++)
            {
                yield return cursor.Insert(i, $"{letter}");
                if (i < cursor.Length) yield return $"{cursor[..i]}{letter}{cursor[(i + 1)..]}";
            }
        }

        for (var i = 0; i < cursor.Length; i++) yield return cursor.Remove(i, 1);
        for (var length = 0; length < cursor.Length; length++) yield return cursor[..length];
        for (var length = 0; length < 100; length++)
        {
            if (length != cursor.Length) yield return new string('*', length);
            yield return new string('A', length);
        }
    }
}
