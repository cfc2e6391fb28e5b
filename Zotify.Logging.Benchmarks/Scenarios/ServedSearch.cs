using System.Diagnostics;
using System.Globalization;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// The first audit search that the built web program answers, a second after its first answer: as a user who opens the page after a
/// deployment sees it. The program is not compiled to native code.
/// </summary>
internal static class ServedSearch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs one of <see cref="FirstSearch.Kinds"/> over a database with so many events.</summary>
    public static async Task<Figures> RunAsync(string kind, string database, long events)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Zotify.Logging.Web.dll");
        await using var started = await StartedProgram.StartAsync(program, database);
        await Task.Delay(Pause, TimeProvider.System);
        var start = Stopwatch.GetTimestamp();
        using var answer = await started.Client.GetAsync($"/api/logs/audit?{Query(kind, events / 2)}");
        var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        var time = Stopwatch.GetElapsedTime(start);
        if (body.Contains("\"items\":[]", StringComparison.Ordinal)) throw new InvalidOperationException($"Nothing was found by {kind}.");
        return new Figures { [FirstSearch.Time] = time.TotalMilliseconds };
    }

    private static string Query(string kind, long seq) => kind switch
    {
        "user" => $"user_id={SyntheticRecords.UserOf(seq)}",
        "text" => $"q={SyntheticRecords.WordOf(seq)}",
        _ => $"event_type={SyntheticRecords.TypeOf(seq)}&from={Time(seq - HandmadeAuditLog.RangeSeconds)}&to={Time(seq)}",
    };

    private static string Time(long seq) =>
        SyntheticRecords.TimeOf(seq).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
