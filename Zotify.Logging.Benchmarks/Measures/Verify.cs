using System.Globalization;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How long the verification of an audit log takes, with and without its rows, and how much memory it takes.</summary>
internal sealed class Verify : Measure
{
    private const int Events = 1_000_000;
    private const double PeakMiB = 150;

    public override string Name => "verify";

    public override string Shows =>
        "The verification of 1M audit events: every field of every row in SQLite, compared with only the files, and the files with "
        + "the rows' hashes. The first run creates them.";

    public override int Rounds => 3;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var count = run.Of(Events);
        var samples = await run.InterleaveChildrenAsync(
            [Verification.Rows, Verification.Hashes, Verification.Files],
            async (what, older) => await Child.RunAsync<Verification>(
                await KeptAuditLog.MakeAsync(count, run, older), what, count.ToString(CultureInfo.InvariantCulture)));
        Table.Print(run, string.Create(CultureInfo.InvariantCulture, $"{count:#,0} events"), samples, Verification.Rows);
        double Ratio(string figure) => samples.Median(Verification.Rows, figure) / samples.Median(Verification.Hashes, figure);
        return
        [
            new("every row, to the rows' hashes", Ratio("s"), 2),
            new("processor time of every row, to the rows' hashes", Ratio("CPU s"), 2),
            new("peak memory of every row", samples.Median(Verification.Rows, "peak MiB"), PeakMiB, Unit: "MiB"),
        ];
    }
}
