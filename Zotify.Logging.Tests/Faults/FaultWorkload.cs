using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Faults;

/// <summary>
/// The work of a program whose system calls fail: several threads log durable audit events, one logs the entries of a job and flushes.
/// Thread-safe.
/// </summary>
/// <param name="say">Gets a line as soon as an event or an entry was acknowledged: its kind, and its number.</param>
/// <param name="report">Gets the failures.</param>
/// <param name="isPatient">
/// Whether nothing fails, so that what takes long only needs time. Otherwise it waits a moment for a disk or a database that may never
/// answer.
/// </param>
internal sealed class FaultWorkload(Action<string> say, Action<string> report, bool isPatient = false)
{
    /// <summary>The number from which the events of the second run are counted.</summary>
    public const int SecondRun = 1_000_000;

    /// <summary>A durable audit event.</summary>
    public const string Event = "event";

    /// <summary>An entry of a job, flushed.</summary>
    public const string Entry = "entry";

    /// <summary>The job's id.</summary>
    public const string JobId = "j1";

    private const int Threads = 3;
    private const int ThreadNumbers = 10_000;
    private const int MostRefusals = 6;

    // A program with failures retries; it does not spin.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan DiskPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PruningPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongPatience = TimeSpan.FromMinutes(2);
    private static readonly EventId Login = new(1001, "user.login");

    /// <summary>How long it waits for retention.</summary>
    public TimeSpan LongestPruning { get; } = isPatient ? LongPatience : PruningPatience;

    /// <summary>Gets the failures.</summary>
    public void Report(string text) => report(text);

    /// <summary>Logs, and returns when all of it is in the database, or after the longest wait.</summary>
    /// <param name="loggers">The program's loggers.</param>
    /// <param name="service">The program's logging.</param>
    /// <param name="first">The first number.</param>
    public async Task RunAsync(ILoggerFactory loggers, LoggingService service, int first)
    {
        var logger = loggers.CreateLogger("Zotify.Faults");
        // The first run fills segments that the second one's retention prunes.
        var events = first == 0 ? 24 : 6;
        var threads = Enumerable.Range(0, Threads)
            .Select(i => new Thread(() => LogEvents(logger, first + (i * ThreadNumbers), events))).ToArray();
        foreach (var thread in threads) thread.Start();
        await LogEntriesAsync(logger, service, first, entries: first == 0 ? 12 : 6);
        foreach (var thread in threads) thread.Join();
        await TryFlushAsync(service, FlushTo.Database, DatabasePatience);
    }

    private void LogEvents(ILogger logger, int first, int events)
    {
        using var never = new ManualResetEventSlim();
        for (int acknowledged = 0, refused = 0; acknowledged < events && refused < MostRefusals;)
        {
            var n = first + acknowledged + refused;
            try
            {
                logger.LogInformation(Login, "User {user_id} logged in as {n}", "u1", n);
                acknowledged++;
                Say(Event, n);
            }
            catch (AggregateException)
            {
                refused++;
                never.Wait(Pause);
            }
        }
    }

    private async Task LogEntriesAsync(ILogger logger, LoggingService service, int first, int entries)
    {
        for (var (n, refused) = (first, 0); n < first + entries && refused < 2; n += 2)
        {
            logger.LogInformation("{job_id} does step {n}", JobId, n);
            logger.LogInformation("{job_id} does step {n}", JobId, n + 1);
            if (await TryFlushAsync(service, FlushTo.Disk, DiskPatience))
            {
                Say(Entry, n);
                Say(Entry, n + 1);
            }
            else
            {
                refused++;
            }
        }
    }

    private async Task<bool> TryFlushAsync(LoggingService service, FlushTo target, TimeSpan longest)
    {
        using var deadline = new CancellationTokenSource(isPatient ? LongPatience : longest);
        try
        {
            await service.FlushAsync(target, deadline.Token);
            return true;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            report($"flush to {target}: {exception.Message}");
            return false;
        }
    }

    private void Say(string what, int n) => say(string.Create(CultureInfo.InvariantCulture, $"{what} {n}"));
}
