using System.Globalization;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>
/// Whatever happens to directories and database, in any order: every line of every directory is in the database once, or set aside.
/// </summary>
[TestClass]
public sealed class RandomHistoryTests : StoreContract
{
    private static readonly int Histories = TestScale.Factor == 1 ? 40 : 100 * TestScale.Factor;

    private SqliteStore Sqlite => (SqliteStore)Store;

    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    [Timeout(1_800_000, CooperativeCancellation = true)]
    public async Task Every_line_of_every_directory_is_there_once(JournalKind kind)
    {
        await Store.RefuseAsync("refused");
        var empty = Sqlite.Copy();
        var met = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < Histories; seed++)
        {
            Database.Dispose();
            Replace(empty);
            var folder = Path.Combine(Folder, seed.ToString(CultureInfo.InvariantCulture));
            using var history = new History(seed, kind, folder, Sqlite, Replace, Time, Report);
            await history.RunAsync(Database, Cancellation);
            await AssertOnceAsync(kind, history);
            foreach (var name in history.Names) met[name] = met.GetValueOrDefault(name) + 1;
        }

        Assert.HasCount(History.Kinds, met, string.Join(' ', met.Keys));
        TestContext.WriteLine($"{Histories} histories: {string.Join(", ", met.Select(kind => $"{kind.Value} {kind.Key}"))}");
    }

    private async Task AssertOnceAsync(JournalKind kind, History history)
    {
        var rows = kind == JournalKind.Audit
            ? (await AuditRowsAsync()).ConvertAll(row => row.Message!)
            : (await JobRowsAsync()).ConvertAll(row => row.Message!);
        var description = $"seed {history.Seed}: {history}";
        Assert.AreEqual("", string.Join(' ', rows.GroupBy(row => row).Where(same => same.Count() > 1).Select(same => same.Key)),
            $"twice, {description}");
        var there = rows.Concat(history.SetAside).ToHashSet();
        foreach (var directory in history.Directories)
        {
            Assert.AreEqual("", string.Join(' ', directory.Messages.Where(message => !there.Contains(message))), $"missing, {description}");
        }

        var sum = kind == JournalKind.Audit
            ? (await AuditCountsAsync()).Sum(row => row.Count)
            : await Database.ReadTablesAsync((context, _) => Task.FromResult(context.Jobs.Sum(job => job.Entries)), Cancellation);
        Assert.AreEqual(rows.Count, sum, description);
    }

    private void Replace(string file)
    {
        Sqlite.Delete("-wal", "-shm");
        File.Copy(file, Sqlite.File, overwrite: true);
    }
}
