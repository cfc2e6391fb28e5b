using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Floors;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How fast journals are projected into SQL Server.</summary>
internal sealed class SqlServerProjection : Measure
{
    private const int Lines = 40_000;
    private const string Ours = "Zotify";
    private const string Bare = "bare SqlBulkCopy";
    private const string Rate = "rows/s";

    public override string Name => "projection-sqlserver";

    public override string Shows =>
        $"The projection of journals into the SQL Server of {SqlServerScratch.Variable}, to a bare SqlBulkCopy of the same rows.";

    public override int Rounds => 3;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        if (SqlServerScratch.Server is null)
        {
            await run.Output.WriteLineAsync($"Not measured: {SqlServerScratch.Variable} names no server.");
            return [];
        }

        var lines = run.Of(Lines);
        return
        [
            await CompareAsync(run, "job_logs", "id", Projected.JobJournal(lines), Projected.JobRows()),
            await CompareAsync(run, "audit_events", "row_id", Projected.AuditJournal(lines), Projected.AuditRows()),
        ];
    }

    private static async Task<Goal> CompareAsync(
        MeasureRun run, string table, string number, SyntheticJournal journal, IProjection projection)
    {
        journal.Prepare();
        using var folder = new WorkFolder();
        // The rows are from a database that the projection wrote.
        using var first = new SqlServerScratch();
        await FillAsync(first, folder, journal, projection);
        var rows = BareBulkCopy.Read(first.ConnectionString, table, number, "journal_id, seq");
        var samples = await run.InterleaveAsync(
            (string[])[Ours, Bare],
            contender => contender,
            async contender =>
            {
                using var scratch = new SqlServerScratch();
                await MakeTablesAsync(scratch, folder, journal);
                // Without the start of a session, which is not what is compared.
                using var database = scratch.Open();
                var time = contender == Ours
                    ? await Projected.TimeAsync(database, folder.Path, journal, projection, BareBulkCopy.RowsOfTransaction)
                    : await BareBulkCopy.TimeAsync(scratch.ConnectionString, rows);
                return new Figures { [Rate] = (rows.Rows.Count - BareBulkCopy.RowsOfTransaction) / time.TotalSeconds };
            });
        Table.Print(run, table, samples, Ours);
        return new Goal($"{table}, to a bare SqlBulkCopy", samples.Median(Ours, Rate) / samples.Median(Bare, Rate), 0.8, AtMost: false);
    }

    private static async Task FillAsync(SqlServerScratch scratch, WorkFolder folder, SyntheticJournal journal, IProjection projection)
    {
        using var database = scratch.Open();
        journal.Open(0);
        await Projected.FillAsync(database, folder.Path, journal, projection);
    }

    /// <summary>Creates the tables, with all their indexes, and the row that others refer to.</summary>
    private static async Task MakeTablesAsync(SqlServerScratch scratch, WorkFolder folder, SyntheticJournal journal)
    {
        using var database = scratch.Open();
        var none = new RejectedJournal(Path.Combine(folder.Path, journal.FileName), TimeProvider.System, (_, _) => { });
        var identifier = new JournalIdentifier(journal, Projected.AuditRows(), none, Projected.Instance, (_, _) => { });
        await using var session = await ProjectionSession.OpenAsync(database, Projected.AuditRows(), none, journal, identifier,
            CancellationToken.None);
    }
}
