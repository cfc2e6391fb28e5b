using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Database;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: a searcher, a kind of search, the file of a database, and how many events it has. The first search of a process that has the
/// database open, as one that logs has, until it has the newest 50 events, and how much the runtime compiles for it.
/// </summary>
internal sealed class FirstSearch : IScenario
{
    /// <summary>This project.</summary>
    public const string Ours = "Zotify";

    /// <summary>SQL by hand, over <see cref="HandmadeAuditLog"/>.</summary>
    public const string ByHand = "SQLite by hand";

    /// <summary>How long the search takes.</summary>
    public const string Time = "ms";

    /// <summary>The kinds of searches.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["user", "type and range", "text"];

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var (kind, file, seq) = (arguments[1], arguments[2], long.Parse(arguments[3], CultureInfo.InvariantCulture) / 2);
        using var database = Projected.Open(file);
        using var handmade = arguments[0] == Ours ? null : HandmadeAuditLog.Open(file);
        if (handmade is null) await using (await database.OpenForReadingAsync(CancellationToken.None)) { }
        var (methods, compiling) = (JitInfo.GetCompiledMethodCount(), JitInfo.GetCompilationTime());
        var start = Stopwatch.GetTimestamp();
        var found = handmade is null ? await SearchAsync(database, kind, seq) : HandmadeAuditLog.Search(handmade, kind, seq);
        var time = Stopwatch.GetElapsedTime(start);
        if (found == 0) throw new InvalidOperationException($"{arguments[0]} found nothing by {kind}.");
        return new Figures
        {
            [Time] = time.TotalMilliseconds,
            ["methods"] = JitInfo.GetCompiledMethodCount() - methods,
            ["ms of compiling"] = (JitInfo.GetCompilationTime() - compiling).TotalMilliseconds,
        };
    }

    private static async Task<int> SearchAsync(LoggingDatabase database, string kind, long seq)
    {
        var page = await new AuditLog(database, new NothingToWaitFor()).SearchAsync(QueryOf(kind, seq), CancellationToken.None);
        return page.Items.Count;
    }

    private static AuditQuery QueryOf(string kind, long seq) => kind switch
    {
        "user" => new AuditQuery { UserIds = [SyntheticRecords.UserOf(seq)] },
        "text" => new AuditQuery { Text = SyntheticRecords.WordOf(seq) },
        _ => new AuditQuery
        {
            EventTypes = [SyntheticRecords.TypeOf(seq)],
            From = SyntheticRecords.TimeOf(seq - HandmadeAuditLog.RangeSeconds),
            To = SyntheticRecords.TimeOf(seq),
        },
    };
}
