using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;

namespace Zotify.Logging.Handlers;

/// <summary>
/// A handler whose records go into a journal, flushed in groups, and from there into the database, each exactly once. The
/// base of the audit and the job handler; no base for handlers of an application.
/// </summary>
/// <typeparam name="TOptions">The handler's options.</typeparam>
public abstract class JournaledHandler<TOptions> : BaseLogHandler<TOptions>
    where TOptions : LogHandlerOptions, new()
{
    private readonly JournalStage _stage;
    private readonly Lock _gate = new();
    private volatile JournaledRecords? _records;
    private volatile RetentionLoop? _retention;
    private bool _isClosing;

    private protected JournaledHandler(JournalStage stage) => _stage = stage;

    internal override ProjectionStatus Projection => _retention is null ? default : _records!.Projection;

    internal override Exception? WriteFailure => _records?.Failure;

    internal override bool RetainsRecords => false;

    private protected JournaledRecords Records => _records!;

    private protected JournalStage Stage => _stage;

    /// <summary>
    /// Opens the journal, recovers it, and begins to project what the database does not have. Where the handler is disabled and no earlier
    /// run left anything, it lets the database be until it is enabled, or somebody waits for it.
    /// </summary>
    /// <exception cref="LogDirectoryException">The directory cannot be written, or another process holds it.</exception>
    protected internal override async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var options = OptionsOfJournal(_stage.Directory.Path) with { Rolled = () => _retention?.Wake() };
        lock (_gate) _records = JournaledRecords.Open(_stage, options, Format(), Rows(), Name, Context.Diagnostics);
        OnOpened(_records);
        if (!Options.Enabled && _records.Journal.Recovered.LastSeq == 0) return;
        BeginProjecting();
        await _records.WaitForDatabaseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Appends the batch to the journal, all or nothing.</summary>
    /// <exception cref="IOException">Nothing was written.</exception>
    protected internal override async ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        await _records!.AppendAsync(batch, cancellationToken).ConfigureAwait(false);
        OnAppended(batch);
    }

    /// <inheritdoc/>
    protected internal override ValueTask FlushAsync(CancellationToken cancellationToken) => new(_records!.FlushAsync(cancellationToken));

    /// <inheritdoc/>
    protected internal override Task ProjectAsync(CancellationToken cancellationToken)
    {
        BeginProjecting();
        return _records!.ProjectAsync(cancellationToken);
    }

    /// <summary>A disk may come back: the records wait for it within the bounds of the queue.</summary>
    protected internal override bool ShouldRetry(Exception exception, int attempt) => true;

    internal override void OnOptionsChanged(LogHandlerOptions before)
    {
        if (Options.Enabled) BeginProjecting();
        _retention?.Wake();
    }

    /// <summary>Flushes and closes the journal. What the database does not have by then, it gets at the next start.</summary>
    public override async ValueTask DisposeAsync()
    {
        lock (_gate) _isClosing = true;
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

    /// <summary>The batch is in the journal, once for all.</summary>
    private protected virtual void OnAppended(IReadOnlyList<LogRecord> batch)
    {
    }

    /// <summary>Every batch was written, and the journal is about to be closed.</summary>
    private protected virtual void OnClosing(JournaledRecords records)
    {
    }

    /// <summary>Begins to project, and to let go of what need not be kept, where it has not yet.</summary>
    private void BeginProjecting()
    {
        lock (_gate)
        {
            // A journal that is not open yet: its start looks at the options after it.
            if (_records is null || _retention is not null || _isClosing) return;
            _records.StartProjecting();
            _retention = new RetentionLoop(Retention(_records), _stage.Time, Report);
            _retention.Start();
        }
    }

    private protected void Report(string message, Exception? exception) =>
        Context.Diagnostics.Report(Name, FailureKind.Temporary, message, exception);
}
