using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Prints what a million typical records of each log take: bytes in the file and in SQLite, and processor time until they are there. The
/// argument is how many are logged for that.
/// </summary>
internal sealed class Sizes : IChild
{
    private const int Default = 200_000;
    private const double Million = 1_000_000;

    public async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : Default;
        // A record of a service has a trace.
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        Console.Out.WriteLine("| a million | file | rows in SQLite | processor time |\n|---|---:|---:|---:|");
        await MeasureAsync("lines of the system log", "System", "zotify_api.log", count, (logger, n) =>
            logger.LogInformation("Track {Number} of {Album} downloaded in {Elapsed} ms", n, "Blue in Green", 41.7));
        await MeasureAsync("audit events", "Audit", "audit.log.json", count, LogEvent);
        await MeasureAsync("entries of jobs", "Jobs", "job_logs.json", count, (logger, n) =>
            logger.LogInformation("Row {Done}/{Total} of {Job_Id} imported from {File}", n, count, "import-2026-11-30", "customers.csv"));
        return 0;
    }

    /// <summary>Each event has a request and a trace of its own: the index of the texts grows with what differs.</summary>
    private static void LogEvent(ILogger logger, int n)
    {
        var former = Activity.Current;
        Activity.Current = null;
        using (var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start())
        using (logger.BeginScope(new KeyValuePair<string, object?>[]
        {
            new("user_id", $"user-{n % 5_000}"), new("source_ip", $"10.20.{n % 5}.{n % 200}"),
            new("request_id", $"0HN{activity.SpanId.ToHexString()[..10].ToUpperInvariant()}:00000001"), new("tenant", "north-east"),
        }))
            logger.LogInformation(new EventId(1001, "user.purchase"), "Order {Order} of {Amount} {Currency} placed", n, 49.9m, "EUR");
        Activity.Current = former;
    }

    private static async Task MeasureAsync(string shown, string handler, string file, int count, Action<ILogger, int> log)
    {
        using var folder = new TemporaryFolder();
        var before = Environment.CpuUsage.TotalTime;
        await using (var services = new ServiceCollection().AddLogging(logging => logging.AddZotify(options =>
        {
            options.Directory = folder.Path;
            // One file: a rolled one of jobs is deleted once it is in the database.
            options.System.MaxFileSize = options.Audit.MaxFileSize = options.Jobs.MaxFileSize = long.MaxValue;
            foreach (var (name, one) in options.Handlers) (one.Enabled, one.Overflow) = (name == handler, OverflowMode.Wait);
        })).BuildServiceProvider())
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders.Import");
            for (var n = 1; n <= count; n++) log(logger, n);
            await services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database);
        }

        var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        var name = Path.GetFileNameWithoutExtension(file);
        var bytes = new DirectoryInfo(folder.Path).GetFiles($"{name}*").Sum(part => part.Length);
        var database = new FileInfo(folder.PathOf("zotify.db"));
        var rows = handler != "System" && database.Exists ? Gigabytes(database.Length, count) : "–";
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {shown} | {Gigabytes(bytes, count)} | {rows} | {seconds * Million / count:0.0} s |"));
    }

    private static string Gigabytes(long bytes, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)count * Million / 1e9:0.00} GB");
}
