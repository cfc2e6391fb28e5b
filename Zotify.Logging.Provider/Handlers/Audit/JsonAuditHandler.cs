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
public sealed class JsonAuditHandler : BaseLogHandler<JsonAuditHandlerOptions>
{
    private readonly JournalStage _stage;
    private JournaledRecords? _records;

    internal JsonAuditHandler(JournalStage stage) => _stage = stage;

    internal override (long Behind, Exception? Failure) Projection => _records?.Projection ?? default;

    /// <inheritdoc/>
    protected internal override ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var options = new JournalOptions(_stage.Directory.Path, Options.Path)
        {
            Chained = true,
            MaxFileSize = () => Options.MaxFileSize,
            FlushInterval = () => Options.FlushInterval,
            HashKeys = () => [.. Options.HashKeys.Select(key => new HashKey(key.Id, Encoding.UTF8.GetBytes(key.Key)))],
        };
        _records = JournaledRecords.Open(_stage, options, new AuditLineFormat(_stage.Instance), new AuditProjection(), Name, Context.Diagnostics);
        return default;
    }

    /// <inheritdoc/>
    protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        _records!.Append(batch);
        return default;
    }

    /// <inheritdoc/>
    protected internal override ValueTask FlushAsync(CancellationToken cancellationToken) => new(_records!.FlushAsync(cancellationToken));

    /// <inheritdoc/>
    protected internal override Task ProjectAsync(CancellationToken cancellationToken) => _records!.ProjectAsync(cancellationToken);

    /// <summary>A disk may come back: audit events wait for it within the bounds of the queue.</summary>
    protected internal override bool ShouldRetry(Exception exception, int attempt) => true;

    /// <summary>A caller whose event found no place within <see cref="LogHandlerOptions.WaitTimeout"/> is told.</summary>
    /// <exception cref="AuditNotWrittenException">Always, but for events logged while shutting down, which are counted only.</exception>
    protected internal override void OnRefused(LogRecord record, DropReason reason)
    {
        if (reason == DropReason.QueueFull)
            throw new AuditNotWrittenException($"The audit event '{AuditLineFormat.EventType(record)}' was not written: the queue stayed full for {Options.WaitTimeout}.");
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_records is not null) await _records.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
