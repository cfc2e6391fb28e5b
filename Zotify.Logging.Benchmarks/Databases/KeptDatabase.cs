using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>
/// Large databases, kept below the temporary folder from one run to the next. A database is created if there is none with this version's
/// tables.
/// </summary>
internal static class KeptDatabase
{
    /// <summary>A file with this many audit events.</summary>
    public static Task<string> AuditAsync(int count, TextWriter output) =>
        MakeAsync("audit", Projected.AuditJournal(count), Projected.AuditRows(), output);

    /// <summary>A file with this many entries of jobs.</summary>
    public static Task<string> JobsAsync(int count, TextWriter output) =>
        MakeAsync("jobs", Projected.JobJournal(count), Projected.JobRows(), output);

    /// <summary>The folder for a kind and a size, with this version's tables.</summary>
    public static string FolderOf(string kind, long count) =>
        Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"zotify-kept-{kind}-{count}-{Version()}"));

    private static async Task<string> MakeAsync(string kind, SyntheticJournal journal, IProjection rows, TextWriter output)
    {
        var folder = FolderOf(kind, journal.Count);
        var file = Path.Combine(folder, "zotify.db");
        var whole = Path.Combine(folder, "whole");
        if (File.Exists(whole)) return file;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var clock = Stopwatch.StartNew();
        using (var database = Projected.Open(file)) await Projected.FillAsync(database, folder, journal, rows);
        await File.WriteAllTextAsync(whole, "");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Made {file} in {clock.Elapsed.TotalSeconds:0} s."));
        return file;
    }

    /// <summary>Differs whenever the tables differ.</summary>
    private static string Version()
    {
        using var database = Projected.Open(Path.Combine(Path.GetTempPath(), "unused.db"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database.Script())).AsSpan(0, 4));
    }
}
