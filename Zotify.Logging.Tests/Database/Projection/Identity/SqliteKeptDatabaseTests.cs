using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

[TestClass]
public sealed class SqliteKeptDatabaseTests : KeptDatabaseContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    public async Task A_backup_of_a_file_that_is_being_written_has_the_rows_up_to_its_checkpoint()
    {
        var directory = await ProjectedAsync(JournalKind.Jobs);
        await using var projector = directory.Start(Database);
        for (var backup = 0; backup < 10; backup++)
        {
            directory.Append(Enumerable.Range(0, 20).Select(i => $"{backup} {i}"));
            var file = Path.Combine(Folder, $"backup-{backup}.db");
            await Store.ExecuteAsync($"VACUUM INTO '{file}'");

            Assert.AreEqual(
                0, DatabaseFile.Scalar(file, "SELECT (SELECT MAX(seq) FROM job_logs) - (SELECT seq FROM journals)"), $"{backup}");
            Assert.AreEqual(
                0, DatabaseFile.Scalar(file, "SELECT (SELECT COUNT(*) FROM job_logs) - (SELECT entries FROM jobs)"), $"{backup}");
        }

        await projector.CatchUpAsync(directory.Journal.DurableSeq, Cancellation);
    }
}
