using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>Real files and a real database, where either is lost, copied, cut or restored.</summary>
public abstract class IdentityContract : StoreContract
{
    private readonly List<WrittenDirectory> _directories = [];

    [TestCleanup]
    public void EndProcesses() => _directories.ForEach(directory => directory.Dispose());

    private protected WrittenDirectory NewDirectory(JournalKind kind, string name = "logs")
    {
        var directory = new WrittenDirectory(Path.Combine(Folder, name), kind, Report);
        Directory.CreateDirectory(directory.Path);
        return Added(directory);
    }

    private protected WrittenDirectory Copy(WrittenDirectory directory, string name) => Added(directory.CopyTo(Path.Combine(Folder, name)));

    /// <summary>A directory whose lines 1 to <paramref name="count"/> are in the database.</summary>
    private protected async Task<WrittenDirectory> ProjectedAsync(JournalKind kind, int count = 5, string name = "logs")
    {
        var directory = NewDirectory(kind, name);
        directory.Append(Enumerable.Range(1, count).Select(i => $"{i}"));
        await directory.ProjectAsync(Database, Cancellation);
        return directory;
    }

    /// <summary>The messages of all rows, in their order.</summary>
    private protected async Task<string[]> RowsAsync(JournalKind kind) => kind == JournalKind.Audit
        ? [.. (await AuditRowsAsync()).Select(row => row.Message!)]
        : [.. (await JobRowsAsync()).Select(row => row.Message!)];

    /// <summary>Asserts that the database has exactly these rows, and the right sums.</summary>
    private protected async Task AssertRowsAsync(JournalKind kind, params string[] messages)
    {
        var rows = await RowsAsync(kind);
        Assert.AreEqual(string.Join(' ', messages.Order(StringComparer.Ordinal)), string.Join(' ', rows.Order(StringComparer.Ordinal)));
        if (kind == JournalKind.Audit) Assert.AreEqual(messages.Length, (await AuditCountsAsync()).Sum(row => row.Count));
        else Assert.AreEqual(messages.Length, (await JobAsync()).Entries);
    }

    /// <summary>Deletes all rows, so that the database is like a new one.</summary>
    private protected Task EmptyAsync() => Store.ExecuteAsync(
        "DELETE FROM job_logs; DELETE FROM jobs; DELETE FROM audit_events; DELETE FROM audit_counts; DELETE FROM journals;");

    private protected string[] Reported() => [.. Reports.Select(report => report.Message)];

    private WrittenDirectory Added(WrittenDirectory directory)
    {
        _directories.Add(directory);
        return directory;
    }
}
