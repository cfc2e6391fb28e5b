using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Configuration;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;

namespace Zotify.Logging.Handlers;

/// <summary>
/// A handler that appends its records to a journal, flushed in groups, from which each is projected into the database exactly once. The
/// base of the audit and the job handler; not for handlers of an application.
/// </summary>
/// <typeparam name="TOptions">The handler's options.</typeparam>
internal abstract class JournaledHandler<[DynamicallyAccessedMembers(OptionTypes.Kept)] TOptions> : BaseLogHandler<TOptions>
    where TOptions : LogHandlerOptions, new()
{
    private readonly JournalStage _stage;
    private readonly Lock _gate = new();
    private volatile JournaledRecords? _records;
    private volatile RetentionLoop? _retention;
    private bool _isClosing;

    private protected JournaledHandler(JournalStage stage) => _stage = stage;

    internal override ProjectionStatus Projection => _retention is null ? default : _records!.Projection;

    internal override IReadOnlyList<TargetStatus> Targets => _records?.Targets ?? [];

    internal override string? Unprojected => _records?.Unprojected;

    internal override Exception? WriteFailure => _records?.Failure;

    internal override bool RetainsRecords => false;

    private protected JournaledRecords Records => _records!;

    private protected JournalStage Stage => _stage;

    /// <summary>
    /// Opens and recovers the journal, and begins to project the records that the database does not have. If the handler is disabled and
    /// its journal is empty, it opens the database only when it is enabled, or when somebody waits for the projection.
    /// </summary>
    /// <exception cref="LogDirectoryException">
    /// The directory or the journal cannot be written, or another process has locked it.
    /// </exception>
    protected internal override async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        await _stage.Directory.OpenAsync(message => Report(message, exception: null), Context.Closing).ConfigureAwait(false);
        var options = OptionsOfJournal(_stage.Directory.Path) with { Rolled = () => _retention?.Wake() };
        try
        {
            lock (_gate) _records = JournaledRecords.Open(_stage, options, Format(), Rows(), Name, Context.Diagnostics);
            OnOpened(_records);
        }
        catch (Exception exception) when (exception is IOException and not LogDirectoryException or UnauthorizedAccessException)
        {
            var path = _stage.Directory.FilePath(options.FileName);
            throw new LogDirectoryException(
                $"Logging:Zotify:Handlers:{Name}:Path: '{path}' cannot be written: {exception.Message}", exception);
        }

        if (!Options.Enabled && _records.Journal.Recovered.LastSeq == 0) return;
        BeginProjecting();
        await _records.WaitForDatabaseAsync(Context.Closing, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Appends the whole batch to the journal, or nothing.</summary>
    /// <exception cref="IOException">Nothing was written.</exception>
    protected internal override async ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        await _records!.AppendAsync(batch, cancellationToken).ConfigureAwait(false);
        OnAppended(batch);
    }

    /// <inheritdoc/>
    protected internal override ValueTask FlushAsync(CancellationToken cancellationToken) => new(_records!.FlushAsync(cancellationToken));

    /// <inheritdoc/>
    internal override bool HasUnflushed => _records is not { } records || records.Journal.DurableSeq < records.Journal.LastSeq;

    /// <inheritdoc/>
    internal override bool HasUnprojected => _retention is null || _records!.HasUnprojected;

    /// <summary>Always: the journal appends while it commits, and concurrent flushes share one fsync.</summary>
    internal override bool FlushesWhileWriting => true;

    /// <inheritdoc/>
    protected internal override Task ProjectAsync(CancellationToken cancellationToken)
    {
        BeginProjecting();
        return _records!.ProjectAsync(cancellationToken);
    }

    /// <summary>Always: the disk may recover, and the queue bounds how many records wait for it.</summary>
    protected internal override bool ShouldRetry(Exception exception, int attempt) => true;

    internal override void OnOptionsChanged(LogHandlerOptions before)
    {
        if (Options.Enabled) BeginProjecting();
        _retention?.Wake();
    }

    /// <summary>
    /// Flushes the journal, projects it into the database within the time that a shutdown leaves for that, and closes it. The rest is
    /// reported, and the next start projects it.
    /// </summary>
    public override async ValueTask DisposeAsync()
    {
        lock (_gate) _isClosing = true;
        // Retention ends first: it writes into the journal, and its chunks hold up the projector.
        if (_retention is not null) await _retention.DisposeAsync().ConfigureAwait(false);
        if (_records is not null)
        {
            OnClosing(_records);
            await CloseAsync(_records).ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private protected abstract JournalOptions OptionsOfJournal(string directory);

    private protected abstract IJournalFormat<LogRecord> Format();

    private protected abstract IProjection Rows();

    private protected abstract IPruner Retention(JournaledRecords records);

    /// <summary>Called when the journal is open and nothing was written yet. An exception fails the start.</summary>
    private protected virtual void OnOpened(JournaledRecords records)
    {
    }

    /// <summary>Called when the batch is in the journal. It will not be retried.</summary>
    private protected virtual void OnAppended(IReadOnlyList<LogRecord> batch)
    {
    }

    /// <summary>Called after the last batch, before the journal is closed.</summary>
    private protected virtual void OnClosing(JournaledRecords records)
    {
    }

    /// <summary>Starts the projection and the retention, unless they run already.</summary>
    private void BeginProjecting()
    {
        lock (_gate)
        {
            // Where the journal is not open yet, StartAsync reads the options after it has opened it.
            if (_records is null || _retention is not null || _isClosing) return;
            _records.StartProjecting();
            _retention = new RetentionLoop(Retention(_records), _stage.Time, Report, _stage.Database.IsPermanent);
            _retention.Start();
        }
    }

    private async ValueTask CloseAsync(JournaledRecords records)
    {
        await records.DrainAsync(Context.DrainDeadline).ConfigureAwait(false);
        if (await records.CloseAsync(Context.DrainDeadline).ConfigureAwait(false) is not (> 0 and var unflushed)) return;
        Context.Diagnostics.Report(
            Name,
            FailureKind.Final,
            $"{unflushed} records did not reach the disk before the journal {records.Journal.FileName} was closed");
    }

    private protected void Report(string message, Exception? exception)
    {
        var isPermanent = exception is not null && _stage.Database.IsPermanent(exception);
        Context.Diagnostics.Report(Name, isPermanent ? FailureKind.Permanent : FailureKind.Temporary, message, exception);
    }
}
