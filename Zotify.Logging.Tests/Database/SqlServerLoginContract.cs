using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>A database of SQL Server, and logins that have just the rights of a role.</summary>
public abstract class SqlServerLoginContract : StoreContract
{
    private readonly List<SqlServerLogin> _logins = [];

    private SqlServerStore Server => (SqlServerStore)Store;

    private protected override TestStore NewStore() => SqlServerStore.Empty();

    [TestCleanup]
    public void DropLogins() => _logins.ForEach(login => login.Dispose());

    private protected async Task CreateRolesAsync()
    {
        await Database.MigrateAsync(Cancellation);
        await RunScriptAsync();
        // It may be run again.
        await RunScriptAsync();
    }

    private protected async Task RunScriptAsync()
    {
        foreach (var batch in SqlServerMigration.Batches(Database.RolesScript()!))
        {
            // The stand-in has no such rights, so it is tried without a migrator there.
            var isMigrators = batch.StartsWith("GRANT", StringComparison.Ordinal) && batch.Contains("_migrator]", StringComparison.Ordinal);
            if (!StandIn.IsUsed || !isMigrators) await Store.ExecuteAsync(batch);
        }
    }

    private protected SqlServerLogin Login(string? role)
    {
        var login = new SqlServerLogin(Server, role is null ? null : $"zotify_{role}");
        _logins.Add(login);
        return login;
    }

    private protected Task ProjectAsync(SqlServerLogin login) => ProjectAsync(login.Open(), login.Open());

    private protected async Task ProjectAsync(LoggingDatabase auditDatabase, LoggingDatabase jobDatabase)
    {
        var jobs = new FakeJournal("job_logs.json");
        jobs.Append(Lines.Job());
        Journal.Append(Lines.Audit(message: "hello"));
        await using var audit = Start(new AuditProjection(), database: auditDatabase);
        await using var job = Start(new JobProjection(), jobs, jobDatabase);
        await audit.CatchUpAsync(1, Cancellation);
        await job.CatchUpAsync(1, Cancellation);
    }
}
