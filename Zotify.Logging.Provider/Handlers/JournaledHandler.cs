using Zotify.Logging.Provider.Capture;
using Zotify.Logging.Provider.Database.Projection;
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

    private protected JournaledHandler(JournalStage stage) => _stage = stage;

    internal override ProjectionStatus Projection => _records?.Projection ?? default;

    internal override Exception? WriteFailure => _records?.Failure;

    private protected string Instance => _stage.Instance;

    private protected string FilePath(string name) => _stage.Directory.FilePath(name);

    private protected JournaledRecords Records => _records!;

    /// <summary>Opens the journal, recovers it, and begins to project what the database does not have.</summary>
    /// <exception cref="LogDirectoryException">The directory cannot be written, or another process holds it.</exception>
    protected internal override ValueTask StartAsync(CancellationToken cancellationToken)
    {
        _records = JournaledRecords.Open(_stage, OptionsOfJournal(_stage.Directory.Path), Format(), Rows(), Name, Context.Diagnostics);
        return default;
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

    /// <summary>Flushes and closes the journal. What the database does not have by then, it gets at the next start.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_records is not null) await _records.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private protected abstract JournalOptions OptionsOfJournal(string directory);

    private protected abstract IJournalFormat<LogRecord> Format();

    private protected abstract IProjection Rows();
}
