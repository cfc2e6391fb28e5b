using Zotify.Logging.Provider.Capture;
using Zotify.Logging.Provider.Database.Projection;
using Zotify.Logging.Provider.Diagnostics;
using Zotify.Logging.Provider.Dispatch;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Handlers;

/// <summary>
/// A handler whose records go into a journal, flushed in groups, and from there into the database, each exactly once. The
/// base of the audit and the job handler; no base for handlers of an application.
/// </summary>
/// <typeparam name="TOptions">The handler's options.</typeparam>
public abstract class JournaledHandler<TOptions> : BaseLogHandler<TOptions>
    where TOptions : LogHandlerOptions, new()
{
    private readonly JournalStage _stage;
    private JournaledRecords? _records;
    private volatile RetentionLoop? _retention;

    private protected JournaledHandler(JournalStage stage) => _stage = stage;

    internal override ProjectionStatus Projection => _records?.Projection ?? default;

    internal override Exception? WriteFailure => _records?.Failure;

    internal override bool KeepsRecords => false;

    private protected JournaledRecords Records => _records!;

    private protected JournalStage Stage => _stage;

    /// <summary>Opens the journal, recovers it, and begins to project what the database does not have.</summary>
    /// <exception cref="LogDirectoryException">The directory cannot be written, or another process holds it.</exception>
    protected internal override async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var options = OptionsOfJournal(_stage.Directory.Path) with { Rolled = () => _retention?.Wake() };
        _records = JournaledRecords.Open(_stage, options, Format(), Rows(), Name, Context.Diagnostics);
        OnOpened(_records);
        _retention = new RetentionLoop(Retention(_records), _stage.Time, Report);
        _retention.Start();
        await _records.WaitForDatabaseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Appends the batch to the journal, all or nothing.</summary>
    /// <exception cref="IOException">Nothing was written.</exception>
    protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken) =>
        _records!.AppendAsync(batch, cancellationToken);

    /// <inheritdoc/>
    protected internal override ValueTask FlushAsync(CancellationToken cancellationToken) => new(_records!.FlushAsync(cancellationToken));

    /// <inheritdoc/>
    protected internal override Task ProjectAsync(CancellationToken cancellationToken) => _records!.ProjectAsync(cancellationToken);

    /// <summary>A disk may come back: the records wait for it within the bounds of the queue.</summary>
    protected internal override bool ShouldRetry(Exception exception, int attempt) => true;

    internal override void OnOptionsChanged(LogHandlerOptions before) => _retention?.Wake();

    /// <summary>Flushes and closes the journal. What the database does not have by then, it gets at the next start.</summary>
    public override async ValueTask DisposeAsync()
    {
        // First: it writes into the journal, and its chunks hold up the projector.
        if (_retention is not null) await _retention.DisposeAsync().ConfigureAwait(false);
        if (_records is not null)
        {
            OnClosing(_records);
            await _records.DisposeAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private protected abstract JournalOptions OptionsOfJournal(string directory);

    private protected abstract IJournalFormat<LogRecord> Format();

    private protected abstract IProjection Rows();

    private protected abstract IRetention Retention(JournaledRecords records);

    /// <summary>The journal is open, and nothing was written yet. What it throws fails the start.</summary>
    private protected virtual void OnOpened(JournaledRecords records)
    {
    }

    /// <summary>Every batch was written, and the journal is about to be closed.</summary>
    private protected virtual void OnClosing(JournaledRecords records)
    {
    }

    private protected void Report(string message, Exception? exception) =>
        Context.Diagnostics.Report(Name, FailureKind.Temporary, message, exception);
}
