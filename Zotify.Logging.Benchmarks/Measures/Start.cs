using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How soon the web program answers its first request.</summary>
internal sealed class Start : Measure
{
    private const string Ours = "Zotify";

    public override string Name => "start";

    public override string Shows =>
        "The published web program's start to its first answered request, over a database of 1M audit events. The first run creates the "
            + "database.";

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var database = await KeptDatabase.AuditAsync(run.Of(1_000_000), run);
        using var folder = new WorkFolder();
        var program = await ColdStart.PublishAsync(folder.Path);
        var samples = await run.InterleaveAsync((string[])[Ours], contender => contender, _ => ColdStart.RunAsync(program, database));
        Table.Print(run, "start", samples, Ours);
        return [new("to the first answer", samples.Median(Ours, samples.Names[0]) / 1_000, 1.5, Unit: "s")];
    }
}
