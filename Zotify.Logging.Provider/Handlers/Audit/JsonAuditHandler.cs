using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;

namespace Zotify.Logging.Handlers;

/// <summary>
/// Writes audit events as JSON of one schema into a hash-chained journal, from which they are projected into the table <c>audit_events</c>.
/// </summary>
internal sealed class JsonAuditHandler : JournaledHandler<JsonAuditHandlerOptions>
{
    private bool _startIsWritten;
    private long _renamed;

    internal JsonAuditHandler(JournalStage stage)
        : base(stage)
    {
    }

    internal override long Renamed => Interlocked.Read(ref _renamed);

    /// <summary>
    /// Throws where the queue had no space within <see cref="LogHandlerOptions.WaitTimeout"/>. With <see cref="Acknowledgement.Durable"/>,
    /// throws for every event that was not written.
    /// </summary>
    /// <exception cref="AuditNotWrittenException">The event was not written.</exception>
    protected internal override void OnRefused(LogRecord record, DropReason reason) => OnRefusedCall(record, reason, Options);

    internal override void OnRefusedCall(LogRecord record, DropReason reason, LogHandlerOptions call)
    {
        if (reason == DropReason.QueueFull) throw NotWritten(record, $"the queue stayed full for {call.WaitTimeout}");
        if (!call.WritesInCall) return;
        if (reason == DropReason.HandlerFailed) throw NotWritten(record, "the audit log could not be opened");
        if (reason == DropReason.AlreadyShutdown) throw NotWritten(record, "the audit log is closed");
    }

    /// <exception cref="AuditNotWrittenException">The record is not on the disk.</exception>
    internal override bool TryWriteInCall(LogRecord record)
    {
        try
        {
            Records.AppendDurably(record, Options.WaitTimeout);
            CountRenamed(record);
            return true;
        }
        catch (IOException exception) when (exception is JournalClosedException || exception.InnerException is JournalClosedException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(record, exception.Message, exception);
        }
    }

    internal override void OnOptionsChanged(LogHandlerOptions before)
    {
        base.OnOptionsChanged(before);
        if (AuditSettings.Changes((JsonAuditHandlerOptions)before, Options) is { Count: > 0 } changes)
            Context.Enqueue(AuditSelfEvents.OfChange(changes, Stage.Time.GetUtcNow()));
    }

    private protected override JournalOptions OptionsOfJournal(string directory) => new(directory, Options.Path)
    {
        Chained = true,
        MaxFileSize = () => Options.MaxFileSize,
        FlushInterval = () => Options.FlushInterval,
        HashKeys = HashKeys,
    };

    private IReadOnlyList<HashKey> HashKeys() => [.. Options.HashKeys.Select(key => key.ToHashKey())];

    private protected override IJournalFormat<LogRecord> Format() => new AuditLineFormat(Stage.Instance);

    private protected override IProjection Rows() => new AuditProjection();

    private protected override IPruner Retention(JournaledRecords records) =>
        new AuditPruner(records, Stage, () => new RetentionLimits(Options.RetainedAge, Options.RetainedSize), HashKeys, Report);

    private protected override void OnAppended(IReadOnlyList<LogRecord> batch)
    {
        foreach (var record in batch) CountRenamed(record);
    }

    /// <exception cref="IOException">The journal cannot be written.</exception>
    private protected override void OnOpened(JournaledRecords records)
    {
        records.Append(AuditSelfEvents.OfStart(records.Journal.Recovered, AuditSettings.Of(Options), Stage.Time.GetUtcNow()));
        _startIsWritten = true;
    }

    private protected override void OnClosing(JournaledRecords records)
    {
        if (!_startIsWritten) return;
        try
        {
            var before = records.Journal.Recovered.LastSeq + 1;
            records.Complete(last => AuditSelfEvents.OfStop(last - before, Dropped(), Stage.Time.GetUtcNow()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report("audit.stopped could not be written into the audit log", exception);
        }
    }

    private Dictionary<string, object?> Dropped() =>
        DropReasonNames.All
            .Where(reason => Context.Dropped(reason) > 0)
            .ToDictionary(DropReasonNames.Of, object? (reason) => Context.Dropped(reason));

    /// <summary>Counts a record that was written under another name. Reports the first one: it is a mistake or a forgery.</summary>
    private void CountRenamed(LogRecord record)
    {
        if (!ReservedNames.AreIn(record) || Interlocked.Increment(ref _renamed) > 1) return;
        var (category, eventType) = AuditLineFormat.NamesOf(record);
        Context.Diagnostics.Report(
            Name,
            FailureKind.Permanent,
            $"the application logged the event '{AuditLineFormat.EventType(record)}' in the category '{record.Category}', "
            + "but such names are reserved for the audit log's self events: "
            + $"it is written as '{eventType}' in '{category}'; further ones are counted as renamed");
    }

    private AuditNotWrittenException NotWritten(LogRecord record, string reason, Exception? cause = null) =>
        new(AuditLineFormat.EventType(record), Stage.Directory.FilePath(Options.Path), reason, cause);
}
