using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Database.Texts;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Web.Commands;

namespace Zotify.Logging.Tests.Web.Commands;

[TestClass]
public sealed class IndexCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public required TestContext TestContext { get; set; }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [TestMethod]
    public async Task It_indexes_a_database_of_the_version_before_and_has_nothing_to_do_the_next_time()
    {
        using var store = new SqliteStore();
        await OldAuditDatabase.MakeAsync(store, new FakeJournal());

        Assert.AreEqual(0, await RunAsync(store.File), _error.ToString());
        Assert.AreEqual("0", await store.ReadTextAsync("SELECT count(*) FROM audit_text_runs WHERE pages IS NULL"));
        Assert.AreEqual($"{OldAuditDatabase.Events}", await store.ReadTextAsync("SELECT sum(last_seq - first_seq + 1) FROM audit_text_runs"));
        Assert.AreEqual(0, await RunAsync(store.File), _error.ToString());
        Assert.Contains("All audit events are indexed.", _output.ToString());
        Assert.AreEqual("", _error.ToString());
    }

    [TestMethod]
    public async Task A_database_that_is_not_there_is_an_error_and_stays_away()
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual(1, await RunAsync(folder.PathOf("none.db")));
        Assert.StartsWith("Not all audit events are indexed.", _error.ToString());
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }

    private Task<int> RunAsync(string file) => CommandLine.RunAsync(
        ["database", "index", $"--Logging:Zotify:Database:ConnectionString=Data Source={file}"],
        _ => throw new InvalidOperationException("The program was started."), _output, _error, TestContext.CancellationToken);
}
