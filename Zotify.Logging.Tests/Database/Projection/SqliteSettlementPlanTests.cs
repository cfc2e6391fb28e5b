using System.Data.Common;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection;

/// <summary>A start settles the jobs of earlier runs by indexes, however many jobs have ended.</summary>
[TestClass]
public sealed class SqliteSettlementPlanTests : StoreContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    public async Task Open_jobs_are_found_by_indexes()
    {
        var captured = new CapturedCommands();
        await using var connection = await Store.Open(captured).OpenForWritingAsync(Cancellation);
        captured.Commands.Clear();
        await new JobProjection().SettleEarlierRunsAsync(connection, 1, 7, Cancellation);

        var plans = new List<string>();
        foreach (var (text, parameters) in captured.Commands.ToArray())
        {
            var given = parameters.Select(parameter => (DbParameter)new SqliteParameter(parameter.Name, parameter.Value));
            var steps = await connection.ReadAsync(
                SqlQuery.Raw($"EXPLAIN QUERY PLAN {text}", [.. given]), row => row.GetString(3), Cancellation);
            plans.Add(steps.Find(step => step.Contains(" jobs", StringComparison.Ordinal))!);
        }

        AssertSame(
            plans,
            "SEARCH jobs USING INDEX IX_jobs_ended_at_job_id (ended_at=?)",
            "SEARCH jobs USING INDEX IX_jobs_instance_status (instance=? AND status=?)");
    }
}
