using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: the folder of an audit log, what to verify, and how many events it has. Verifies them once; fails where they are
/// not valid.
/// </summary>
internal sealed class Verification : IScenario
{
    /// <summary>Only the files.</summary>
    public const string Files = "files alone";

    /// <summary>The files, and every field of every row.</summary>
    public const string Rows = "Zotify, every row";

    /// <summary>The files, then only the number and the hash of every row.</summary>
    public const string Hashes = "files, then the rows' hashes";

    private const double Mebibyte = 1024 * 1024;

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var (log, what, count) = (arguments[0], arguments[1], long.Parse(arguments[2], CultureInfo.InvariantCulture));
        using var database = Projected.Open(Path.Combine(log, KeptDatabase.FileName));
        var verifier = new AuditVerifier(
            log, KeptAuditLog.FileName, () => Projected.Instance, () => [], database, () => new NothingToWaitFor());
        using var process = Process.GetCurrentProcess();
        var (clock, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        var result = what == Rows
            ? await verifier.VerifyWrittenAsync(CancellationToken.None)
            : await verifier.VerifyFilesAsync(log, CancellationToken.None);
        var compared = what == Hashes ? ReadHashes(Path.Combine(log, KeptDatabase.FileName)) : result.Database?.Checked ?? count;
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        if ((result.Status, result.Checked, compared) != (AuditVerificationStatus.Valid, count, count))
        {
            throw new InvalidOperationException(
                $"{result.Status}: {result.Checked} lines and {compared} rows of {count}; {result.Reason} {result.RowsReason}");
        }

        return new Figures
        {
            ["s"] = seconds,
            ["CPU s"] = (process.TotalProcessorTime - cpu).TotalSeconds,
            ["peak MiB"] = process.PeakWorkingSet64 / Mebibyte,
            ["heap MiB"] = GC.GetGCMemoryInfo().HeapSizeBytes / Mebibyte,
        };
    }

    private static long ReadHashes(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT seq, hash FROM audit_events ORDER BY journal_id, seq";
        using var row = command.ExecuteReader();
        long count = 0;
        while (row.Read())
        {
            count++;
            if (row.GetInt64(0) != count || row.GetString(1).Length == 0) throw new InvalidOperationException($"Row {count} is not there.");
        }

        return count;
    }
}
