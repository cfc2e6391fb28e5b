using System.Diagnostics;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Floors;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How fast journals are projected into SQLite.</summary>
internal sealed class Projection : Measure
{
    private const int Lines = 100_000;
    private const string Ours = "Zotify";
    private const string Raw = "prepared inserts";
    private const string Rate = "rows/s";

    public override string Name => "projection";

    public override string Shows =>
        "The projection of journals into SQLite, compared with raw prepared inserts of the same rows into the same tables.";

    public override int Rounds => 3;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var lines = run.Of(Lines);
        return
        [
            await CompareAsync(
                run,
                "jobs and job_logs",
                Projected.JobJournal(lines),
                Projected.JobRows(),
                file => [TableRows.Read(file, "job_logs", "SELECT * FROM job_logs", except: "id")]),
            await CompareAsync(
                run,
                "audit_events",
                Projected.AuditJournal(lines),
                Projected.AuditRows(),
                file => [TableRows.Read(file, "audit_events", "SELECT * FROM audit_events ORDER BY row_id", except: "row_id")]),
        ];
    }

    private static async Task<Goal> CompareAsync(
        MeasureRun run, string name, SyntheticJournal journal, IProjection projection, Func<string, TableRows[]> read)
    {
        journal.Prepare();
        // The rows are from a database that the projection wrote.
        using var first = new WorkFolder();
        await FillAsync(first, journal, projection);
        var tables = read(PathIn(first));
        var samples = await run.InterleaveAsync(
            (string[])[Ours, Raw],
            contender => contender,
            async contender =>
            {
                using var folder = new WorkFolder();
                await MakeTablesAsync(folder, journal);
                var clock = Stopwatch.StartNew();
                if (contender == Ours) await FillAsync(folder, journal, projection);
                else PreparedInserts.Run(PathIn(folder), tables);
                return new Figures { [Rate] = tables[0].Rows.Count / clock.Elapsed.TotalSeconds };
            });
        Table.Print(run, name, samples, Ours);
        return new Goal($"{name}, to prepared inserts", samples.Median(Ours, Rate) / samples.Median(Raw, Rate), 0.7, AtMost: false);
    }

    private static async Task FillAsync(WorkFolder folder, SyntheticJournal journal, IProjection projection)
    {
        using var database = Projected.Open(PathIn(folder));
        await Projected.FillAsync(database, folder.Path, journal, projection);
    }

    /// <summary>Creates the tables, with all their indexes, and the row that others refer to.</summary>
    private static async Task MakeTablesAsync(WorkFolder folder, SyntheticJournal journal)
    {
        using var database = Projected.Open(PathIn(folder));
        var none = new RejectedJournal(Path.Combine(folder.Path, journal.FileName), TimeProvider.System, (_, _) => { });
        var identifier = new JournalIdentifier(journal, Projected.AuditRows(), none, Projected.Instance, (_, _) => { });
        await using var session = await ProjectionSession.OpenAsync(database, Projected.AuditRows(), none, journal, identifier,
            CancellationToken.None);
    }

    private static string PathIn(WorkFolder folder) => Path.Combine(folder.Path, "zotify.db");
}
