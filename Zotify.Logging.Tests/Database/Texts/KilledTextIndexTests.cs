using Microsoft.Data.Sqlite;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>A process that is killed at any step of writing the index leaves a database from which the next one goes on.</summary>
[TestClass]
public sealed class KilledTextIndexTests
{
    private const string Index =
        """
        SELECT r.first_seq, r.last_seq, r.earliest, r.latest, hex(r.pages), p.page, hex(p.data)
        FROM audit_text_runs AS r JOIN audit_text_pages AS p ON p.journal_id = r.journal_id AND p.first_seq = r.first_seq
        ORDER BY r.first_seq, p.page
        """;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(3_600_000, CooperativeCancellation = true)]
    public async Task After_kills_at_every_step_the_index_is_that_of_a_process_that_was_never_killed()
    {
        using var folder = new TemporaryFolder();
        var steps = new HashSet<string>(StringComparer.Ordinal);
        // Each process begins where the killed one stopped, so small numbers meet every kind of step.
        for (var at = 1; at <= 14 * TestScale.Factor; at++)
        {
            await using var child = ChildProcess.Run<TextIndexWriter>(folder.Path, $"{at}");
            if (await child.TryReadLineAsync(Cancellation) is not { } line) break;
            Assert.StartsWith(TextIndexWriter.Killing, line);
            steps.Add(line);
            await child.EndAsync(Cancellation);
            Assert.AreEqual("ok", Read(folder.PathOf("zotify.db"), "PRAGMA quick_check"));
        }

        Assert.IsGreaterThan(5, steps.Count, string.Join('\n', steps));
        await using (var last = ChildProcess.Run<TextIndexWriter>(folder.Path, "0")) await last.EndAsync(Cancellation);

        using var whole = new TemporaryFolder();
        using (var database = new LoggingDatabase(
            new DatabaseOptions { ConnectionString = "Data Source=zotify.db" }, whole.Path, [new SqliteEngineFactory()]))
            await TextIndexWriter.ProjectAsync(database, whole.Path);
        Assert.AreEqual(
            $"{TextIndexWriter.Events}|{TextIndexWriter.Events}",
            Read(folder.PathOf("zotify.db"), "SELECT count(*), max(seq) FROM audit_events"));
        var expected = Read(whole.PathOf("zotify.db"), Index);
        Assert.IsGreaterThan(10, expected.Split('\n').Length);
        Assert.AreEqual(expected, Read(folder.PathOf("zotify.db"), Index));
    }

    private static string Read(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetValue(i)}")));
        return string.Join('\n', lines);
    }
}
