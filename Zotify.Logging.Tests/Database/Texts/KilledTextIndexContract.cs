using Zotify.Logging.Database;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Audit;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>A process that is killed at any step of writing the index leaves a database that is searched as before, and goes on.</summary>
public abstract class KilledTextIndexContract : StoreContract
{
    private protected abstract string ConnectionString { get; }

    [TestMethod]
    [Timeout(3_600_000, CooperativeCancellation = true)]
    public async Task After_kills_at_every_step_searches_find_all_and_the_index_is_that_of_a_process_that_was_never_killed()
    {
        // The tables.
        await (await Database.OpenForWritingAsync(Cancellation)).DisposeAsync();
        var (steps, states) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        // Each process begins where the killed one stopped. Every step of a transaction without a merge, then those of a merge.
        for (var at = 1; at <= 8 * TestScale.Factor && await KilledAsync(at, TextIndexWriter.Any) is { } step; at += Store.Every(4))
            await CheckAsync(step);
        for (var at = 1; at <= 10 && await KilledAsync(at, TextIndexWriter.Merge) is { } step; at++) await CheckAsync(step);

        var all = string.Join('\n', steps);
        Assert.IsTrue(steps.Exists(step => step.Contains("merge: SELECT p.data", StringComparison.Ordinal)), all);
        Assert.IsTrue(steps.Exists(step => step.Contains("merge: DELETE FROM", StringComparison.Ordinal)), all);
        Assert.IsTrue(steps.Exists(step => step.Contains("merge: the commit", StringComparison.Ordinal)), all);
        Assert.IsTrue(steps.Exists(step => step.Contains("the answer to the commit", StringComparison.Ordinal)), all);
        Assert.IsGreaterThanOrEqualTo(3, states.Count, "a killed process left what the one before it had committed, and more");
        TestContext.WriteLine($"{all}\n{states.Count} states");

        Assert.IsNull(await KilledAsync(0, TextIndexWriter.Any));
        await CheckAsync("nothing");
        using var whole = new SqliteStore();
        var expected = whole.Open();
        await TextIndexWriter.ProjectAsync(expected, Folder);
        Assert.AreEqual(
            $"{TextIndexWriter.Events}|{TextIndexWriter.Events}", await Store.ReadTextAsync("SELECT COUNT(*), MAX(seq) FROM audit_events"));
        Assert.AreEqual(await IndexAsync(expected), await IndexAsync(Database));

        async Task CheckAsync(string step)
        {
            steps.Add(step);
            states.Add(await Store.ReadTextAsync("SELECT COUNT(*) FROM audit_events"));
            await Database.ReadAsync(
                async (connection, cancellation) =>
                {
                    var rows = await connection.ReadAsync($"SELECT COUNT(*) FROM audit_events", row => row.GetInt32(0), cancellation);
                    return rows[0] == 0 ? 0 : await AuditTextSearchContract.CompareAsync(connection, new Random(steps.Count), 3 / Store.Every(3), 4, cancellation);
                },
                Cancellation);
        }
    }

    /// <summary>Runs a process; returns before which step it killed itself, <see langword="null"/> where it came to the end.</summary>
    private async Task<string?> KilledAsync(int at, string counted)
    {
        await using var child = ChildProcess.Run<TextIndexWriter>(Folder, $"{at}", counted, Store.Engine, ConnectionString);
        var line = await child.TryReadLineAsync(Cancellation);
        await child.EndAsync(Cancellation);
        if (line is not null) Assert.StartsWith(TextIndexWriter.Killing, line);
        return line;
    }

    private Task<string> IndexAsync(LoggingDatabase database) => database.ReadAsync(
        async (connection, cancellation) =>
        {
            var table = new TextRunTable(connection);
            var lines = new List<string>();
            foreach (var run in await table.ReadAllAsync(cancellation))
            {
                lines.Add($"{run.FirstSeq} {run.LastSeq} {run.Earliest:O} {run.Latest:O} {Convert.ToHexString(run.Pages ?? [])}");
                var keys = Enumerable.Range(TextPageKey.Times, run.PageCount - TextPageKey.Times).Select(page => new TextPageKey(run.JournalId, run.FirstSeq, page));
                var pages = await table.ReadPagesAsync([.. keys], cancellation);
                lines.AddRange(pages.OrderBy(page => page.Key.Page).Select(page => $"{page.Key.Page} {Convert.ToHexString(page.Value)}"));
            }

            Assert.IsGreaterThan(10, lines.Count);
            return string.Join('\n', lines);
        },
        Cancellation);
}
