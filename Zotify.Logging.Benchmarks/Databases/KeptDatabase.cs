using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>
/// Large databases, kept below the temporary folder from one run to the next. A database is created if there is none with this version's
/// tables. An older version creates its own: it cannot open one of a newer version, and it must not be measured on tables of another.
/// </summary>
internal static class KeptDatabase
{
    /// <summary>The name of the file in its folder.</summary>
    public const string FileName = "zotify.db";

    // This version needs minutes for ten million rows. An older one that is too slow for a million is left out.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan LongestOfOlder = TimeSpan.FromMinutes(1);

    /// <summary>A file with this many audit events.</summary>
    public static async Task<string> AuditAsync(int count, MeasureRun run, OlderBuild? older = null) =>
        Path.Combine(await MakeAsync<MakeAudit>("audit", count, run, older), FileName);

    /// <summary>A file with this many entries of jobs.</summary>
    public static async Task<string> JobsAsync(int count, MeasureRun run) =>
        Path.Combine(await MakeAsync<MakeJobs>("jobs", count, run), FileName);

    /// <summary>A folder that a scenario filled in a process of its own, of this version or of an older one.</summary>
    /// <param name="kind">What is in the folder; a part of its name.</param>
    /// <param name="count">How many records; the scenario's second argument after the folder.</param>
    /// <param name="run">The run.</param>
    /// <param name="older">The older version that fills it; <see langword="null"/> for this one.</param>
    /// <param name="arguments">More arguments.</param>
    public static async Task<string> MakeAsync<TScenario>(
        string kind, int count, MeasureRun run, OlderBuild? older = null, params string[] arguments)
        where TScenario : IScenario
    {
        var version = older is null ? TablesOfThisVersion() : $"commit-{older.Commit}";
        var folder = Path.Combine(
            Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"zotify-kept-{kind}-{count}-{version}-{SyntheticRecords.Version}"));
        var whole = Path.Combine(folder, "whole");
        if (File.Exists(whole)) return folder;
        // Only one try: another one would take as long.
        if (older?.Tried.Add(folder) == false) throw new InvalidOperationException("it did not create its database");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var clock = Stopwatch.StartNew();
        using (older is null ? null : Child.UseProgram(older.Program))
            await Child.RunAsync<TScenario>(older is null ? Longest : LongestOfOlder, [folder, count.ToString(CultureInfo.InvariantCulture), .. arguments]);
        await File.WriteAllTextAsync(whole, "");
        await run.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\nMade {folder} in {clock.Elapsed.TotalSeconds:0} s."));
        return folder;
    }

    /// <summary>Differs whenever the tables differ.</summary>
    private static string TablesOfThisVersion()
    {
        using var database = Projected.Open(Path.Combine(Path.GetTempPath(), "unused.db"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database.Script())).AsSpan(0, 4));
    }
}
