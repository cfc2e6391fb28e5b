using System.Text;
using Zotify.Logging.Provider.Capture;
using Zotify.Logging.Provider.Database.Projection;
using Zotify.Logging.Provider.Dispatch;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Handlers.Audit;

/// <summary>
/// Writes audit events as JSON of one schema into a hash-chained journal, from which they are projected into the table
/// <c>audit_events</c>.
/// </summary>
public sealed class JsonAuditHandler : JournaledHandler<JsonAuditHandlerOptions>
{
    internal JsonAuditHandler(JournalStage stage)
        : base(stage)
    {
    }

    /// <summary>A caller whose event found no place within <see cref="LogHandlerOptions.WaitTimeout"/> is told.</summary>
    /// <exception cref="AuditNotWrittenException">Always, but for events logged while shutting down, which are counted only.</exception>
    protected internal override void OnRefused(LogRecord record, DropReason reason)
    {
        if (reason == DropReason.QueueFull)
            throw new AuditNotWrittenException($"The audit event '{AuditLineFormat.EventType(record)}' was not written: the queue stayed full for {Options.WaitTimeout}.");
    }

    private protected override JournalOptions OptionsOfJournal(string directory) => new(directory, Options.Path)
    {
        Chained = true,
        MaxFileSize = () => Options.MaxFileSize,
        FlushInterval = () => Options.FlushInterval,
        HashKeys = () => [.. Options.HashKeys.Select(key => new HashKey(key.Id, Encoding.UTF8.GetBytes(key.Key)))],
    };

    private protected override IJournalFormat<LogRecord> Format() => new AuditLineFormat(Instance);

    private protected override IProjection Rows() => new AuditProjection();
}
