using System.Text;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Projection;

[TestClass]
public sealed class RejectedJournalTests : IDisposable
{
    private const string Entry =
        """{"timestamp":"2026-11-23T15:06:10.0000000Z","seq":7,"journal":"0195d8e4-0000-7000-8000-00000000000a","reason":"too long","line":{"message":"ü"}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("zotify-rejected-").FullName;
    private readonly Guid _journal = Guid.Parse("0195d8e4-0000-7000-8000-00000000000a");

    private string Path => System.IO.Path.Combine(_folder, "audit.log.json.rejected");

    public void Dispose() => new DirectoryInfo(_folder).DeleteAll();

    [TestMethod]
    public void An_entry_is_one_line_of_this_form()
    {
        Open().Add(_journal, [Line(7, """{"message":"ü"}""")]);
        Assert.AreEqual(Entry + "\n", File.ReadAllText(Path));
    }

    [TestMethod]
    [DataRow("no JSON", "no JSON")]
    [DataRow("[1]", "[1]")]
    [DataRow("tab\t\"quoted\" \u2028", "tab\t\"quoted\" \u2028")]
    public void A_line_that_is_no_object_is_a_text(string line, string expected)
    {
        Open().Add(_journal, [Line(7, line)]);
        Assert.AreEqual(expected, Entries().Single().GetProperty("line").GetString());
    }

    [TestMethod]
    public void A_line_that_is_no_UTF_8_leaves_the_file_readable()
    {
        Open()
            .Add(
                _journal,
                [
                    new RejectedLine(
                        new JournalLine(7, new byte[] { (byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)':', (byte)'1', (byte)'}' }, 1, 0),
                        new FormatException())
                ]);
        Assert.AreEqual("{\"\uFFFD\":1}", Entries().Single().GetProperty("line").GetString());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void An_entry_that_exists_is_not_written_again(bool afterARestart)
    {
        var rejected = Open();
        rejected.Add(_journal, [Line(2), Line(3)]);
        if (afterARestart) rejected = Open();
        rejected.Add(_journal, [Line(3), Line(4)]);
        AssertSeqs(2, 3, 4);
        Assert.AreEqual(afterARestart ? 1 : 3, rejected.Count);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Another_line_with_the_number_of_one_that_is_there_is_written_too(bool afterARestart)
    {
        // The process ended before the database had the checkpoint; then the file was cut, and written again.
        var rejected = Open();
        rejected.Add(_journal, [Line(2, """{"message":"a"}""")]);
        if (afterARestart) rejected = Open();
        rejected.Add(_journal, [Line(2, """{"message":"b"}""")]);
        AssertSeqs(2, 2);
    }

    [TestMethod]
    public void A_line_of_another_journal_is_another_line_though_it_has_the_number()
    {
        var rejected = Open();
        rejected.Add(_journal, [Line(2)]);
        rejected.Add(Guid.CreateVersion7(Some.Time), [Line(2)]);
        AssertSeqs(2, 2);
    }

    [TestMethod]
    public void An_entry_that_a_crash_cut_is_replaced()
    {
        Open().Add(_journal, [Line(2)]);
        File.AppendAllText(Path, Entry[..40]);
        Open().Add(_journal, [Line(7)]);
        AssertSeqs(2, 7);
    }

    [TestMethod]
    public void Entries_that_somebody_took_away_or_spoiled_may_be_written_again()
    {
        var rejected = Open();
        rejected.Add(_journal, [Line(2), Line(3)]);
        File.Delete(Path);
        rejected.Add(_journal, [Line(3)]);
        AssertSeqs(3);
        File.WriteAllText(Path, "[]\n{\"seq\":3}\n{\"seq\":{},\"journal\":1}\nnonsense\n");
        rejected = Open();
        rejected.Add(_journal, [Line(3)]);
        Assert.HasCount(5, File.ReadAllLines(Path));
    }

    private static RejectedLine Line(long seq, string line = "{}") =>
        new(new JournalLine(seq, Encoding.UTF8.GetBytes(line), Segment: 1, End: 0), new InvalidOperationException("too long"));

    private RejectedJournal Open() =>
        new(System.IO.Path.Combine(_folder, "audit.log.json"), new FakeTimeProvider(Some.Time), (_, _) => { });

    private IEnumerable<System.Text.Json.JsonElement> Entries() =>
        File.ReadLines(Path).Select(line => System.Text.Json.JsonElement.Parse(line));

    private void AssertSeqs(params int[] expected) =>
        CollectionAssert.AreEqual(expected, Entries().Select(entry => entry.GetProperty("seq").GetInt32()).ToArray());
}
