using Zotify.Logging.Diagnostics;
using Zotify.Logging.Journal;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.Alerts;

/// <summary>The alerts of a log directory: their state, and the loops that watch the time and send the messages. Thread-safe.</summary>
internal sealed class AlertEngine : IAsyncDisposable
{
    /// <summary>The file of the state, in the log directory.</summary>
    public const string FileName = LogDirectory.AlertsName;

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ShippedJournal> _journals = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly Action<FailureKind, string, Exception?> _report;
    private readonly DeliveryEvents _events;
    private readonly WebhookSender _sender;
    private Task _loops = Task.CompletedTask;

    private AlertEngine(AlertSettings settings, ShippedJournal journal, TimeProvider time)
    {
        var path = Path.Combine(journal.Directory, FileName);
        _time = time;
        _report = journal.Report;
        var state = Read(path);
        // Whoever restarts may have mended it. One attempt at a start does not hurry the receiver; the failures go on counting.
        state.ReceiverNextAt = default;
        Book = new AlertBook(path, settings, journal.Instance, time, state);
        _events = new DeliveryEvents(time, _report);
        _sender = new WebhookSender(Book, settings.Webhook, time, _events, _report);
    }

    /// <summary>The state.</summary>
    public AlertBook Book { get; }

    /// <summary>Why messages are not delivered now; <see langword="null"/> while they are.</summary>
    public string? Failure => _sender.Failure;

    /// <summary>Reads the state. One that cannot be read is set aside and reported: no alert may keep the logs from opening.</summary>
    public static AlertEngine Open(AlertSettings settings, ShippedJournal journal, TimeProvider time) => new(settings, journal, time);

    /// <summary>Begins to watch and to send, in the background. Call once.</summary>
    public void Start()
    {
        var stopping = _stop.Token;
        // The loops outlive their caller: they must not keep the caller's scopes and activity.
        using (ExecutionContext.SuppressFlow())
            _loops = Task.WhenAll(Task.Run(() => WatchAsync(stopping), stopping), Task.Run(() => _sender.RunAsync(stopping), stopping));
    }

    /// <summary>Adds a journal, before this process appends to it. Reports where the state cannot be stored.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="end">The position after its last line.</param>
    public void Add(ShippedJournal journal, JournalCheckpoint end)
    {
        // First: as soon as the book knows the handler, a tick asks for its journal.
        lock (_gate) _journals[journal.Handler] = journal;
        try
        {
            Book.Open(journal.Handler, end, Holds);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ReportUnwritable(exception);
        }

        if (journal.Handler == AlertJournals.Audit) _events.Open(journal);

        bool Holds(JournalCheckpoint checkpoint) => journal.Journal.Holds(checkpoint);
    }

    /// <summary>Ends the loops at once. The next start sends the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Nothing writes the file after this: the next process may have the directory then.
        Book.Close();
        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TickInterval, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!stopping.IsCancellationRequested) Book.Tick(DurableSeq);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                ReportUnwritable(exception);
            }
        }
    }

    private AlertState Read(string path)
    {
        Exception? fault = null;
        try
        {
            if (AlertStateFile.Read(path) is { } state) return state;
            if (!File.Exists(path)) return new AlertState();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fault = exception;
        }

        var kept = AlertStateFile.TrySetAside(path) ? $"; the file is now {LogDirectory.UnreadAlertsName}" : "";
        _report(
            FailureKind.Permanent,
            $"{FileName} holds no state of alerts that can be read; they begin anew, and what waited is not sent{kept}",
            fault);
        return new AlertState();
    }

    private void ReportUnwritable(Exception exception) =>
        _report(FailureKind.Temporary, $"{FileName} cannot be written; alerts wait", exception);

    private long DurableSeq(string handler)
    {
        lock (_gate) return _journals[handler].Journal.DurableSeq;
    }
}
