using Zotify.Logging.Provider.Capture;
using Zotify.Logging.Provider.Database.Projection;
using Zotify.Logging.Provider.Dispatch;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Handlers.Jobs;

/// <summary>
/// Writes the records of jobs into a journal, from which they are projected into the tables <c>job_logs</c> and
/// <c>jobs</c>.
/// </summary>
public sealed class DatabaseJobLogHandler : BaseLogHandler<DatabaseJobLogHandlerOptions>
{
    private readonly JournalStage _stage;
    private JournaledRecords? _records;

    internal DatabaseJobLogHandler(JournalStage stage) => _stage = stage;

    internal override (long Behind, Exception? Failure) Projection => _records?.Projection ?? default;

    /// <inheritdoc/>
    protected internal override ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var options = new JournalOptions(_stage.Directory.Path, Options.Path)
        {
            MaxFileSize = () => Options.MaxFileSize,
            FlushInterval = () => Options.FlushInterval,
        };
        var format = new JobLineFormat(_stage.Instance, () => Options.ScopeKey ?? "job_id");
        _records = JournaledRecords.Open(_stage, options, format, new JobProjection(_stage.Instance), Name, Context.Diagnostics);
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

    /// <summary>A disk may come back: records of jobs wait for it within the bounds of the queue.</summary>
    protected internal override bool ShouldRetry(Exception exception, int attempt) => true;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_records is not null) await _records.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
