using System.Diagnostics;
using System.Globalization;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>An audit log with its files and all its rows, kept below the temporary folder from one run to the next.</summary>
internal static class KeptAuditLog
{
    /// <summary>The active file.</summary>
    public const string FileName = "audit.log.json";

    /// <summary>The database, in the folder of the files.</summary>
    public const string DatabaseName = "zotify.db";

    private const int LinesAtOnce = 1_000;

    /// <summary>The folder of an audit log with this many events. Creates the log if there is none with this version's tables.</summary>
    public static async Task<string> MakeAsync(int count, TextWriter output)
    {
        var folder = KeptDatabase.FolderOf("verify", count);
        var whole = Path.Combine(folder, "whole");
        if (File.Exists(whole)) return folder;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var clock = Stopwatch.StartNew();
        using (var journal = JournalWriter.Open(new JournalOptions(folder, FileName) { Chained = true }, TimeProvider.System))
        {
            var format = new AuditLineFormat(Projected.Instance);
            for (var seq = 1; seq <= count; seq += LinesAtOnce)
            {
                var numbers = Enumerable.Range(seq, Math.Min(LinesAtOnce, count - seq + 1));
                LogRecord[] records = [.. numbers.Select(number => SyntheticRecords.Audit(number))];
                journal.Append(records, format);
            }

            await journal.WaitDurableAsync(count - 1, CancellationToken.None);
            using var database = Projected.Open(Path.Combine(folder, DatabaseName));
            await Projected.FillAsync(database, folder, journal, Projected.AuditRows());
        }

        await File.WriteAllTextAsync(whole, "");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Made {folder} in {clock.Elapsed.TotalSeconds:0} s."));
        return folder;
    }
}
