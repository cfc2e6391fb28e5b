using System.Globalization;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>
/// An audit log with its files and all its rows, kept as <see cref="KeptDatabase"/> is. Arguments: a folder and a number. Creates one with so
/// many events in the folder.
/// </summary>
internal sealed class KeptAuditLog : IScenario
{
    /// <summary>The active file.</summary>
    public const string FileName = "audit.log.json";

    private const int LinesAtOnce = 1_000;

    /// <summary>The folder of an audit log with this many events.</summary>
    public static Task<string> MakeAsync(int count, MeasureRun run, OlderBuild? older) =>
        KeptDatabase.MakeAsync<KeptAuditLog>("verify", count, run, older);

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var (log, count) = (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture));
        using var journal = JournalWriter.Open(new JournalOptions(log, FileName) { Chained = true }, TimeProvider.System);
        var format = new AuditLineFormat(Projected.Instance);
        for (var seq = 1; seq <= count; seq += LinesAtOnce)
        {
            var numbers = Enumerable.Range(seq, Math.Min(LinesAtOnce, count - seq + 1));
            LogRecord[] records = [.. numbers.Select(number => SyntheticRecords.Audit(number))];
            journal.Append(records, format);
        }

        await journal.WaitDurableAsync(count - 1, CancellationToken.None);
        using var database = Projected.Open(Path.Combine(log, KeptDatabase.FileName));
        await Projected.FillAsync(database, log, journal, Projected.AuditRows());
        return [];
    }
}
