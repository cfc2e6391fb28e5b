using Zotify.Logging.Common;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// A journal and its projection into the database: what the audit and the job handler have in common. Thread-safe.
/// </summary>
internal sealed class JournaledRecords
{
    /// <summary>
    /// How many bytes of lines may wait in memory for a slow disk. Beyond that, the pipeline waits, so that its queue bounds the rest.
    /// </summary>
    private const long MostUnflushed = 16 * 1024 * 1024;

    /// <summary>A database that does not answer must not hold up the start of an application for longer, nor its end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IJournalFormat<LogRecord> _format;
    private readonly Projector? _projector;
    private readonly JournalStage _stage;
    private volatile bool _isProjecting;

    private JournaledRecords(JournalWriter journal, IJournalFormat<LogRecord> format, Projector? projector, JournalStage stage)
    {
        Journal = journal;
        _format = format;
        _projector = projector;
        _stage = stage;
    }

    /// <summary>The journal.</summary>
    public JournalWriter Journal { get; }

    /// <summary>How the database follows the journal; nothing is behind where there is none.</summary>
    public ProjectionStatus Projection => _projector is null
        ? default
        : new(
            Math.Max(0, Journal.LastSeq - _projector.ProjectedSeq),
            _projector.Rejected,
            _projector.LastError,
            _projector.LastError is { } error && _stage.Database.IsPermanent(error));

    /// <summary>Why records cannot be written at the moment; <see langword="null"/> while they can.</summary>
    public Exception? Failure => Journal.Failure;

    /// <summary>Opens the journal and recovers it.</summary>
    /// <exception cref="LogDirectoryException">The directory cannot be written, or another process holds it.</exception>
    public static JournaledRecords Open(
        JournalStage stage,
        JournalOptions options,
        IJournalFormat<LogRecord> format,
        IProjection projection,
        string source,
        SelfDiagnostics diagnostics)
    {
        stage.Directory.Open();
        // Before anything is written: a record of this run says nothing about its clock.
        stage.Clock.Begin(() => NewestRecord(stage.Journals.Append(options.FileName).Select(stage.Directory.FilePath)));
        void Report(string message, Exception? exception) => diagnostics.Report(source, FailureKind.Temporary, message, exception);
        var journal = JournalWriter.Open(
            options with { Directory = stage.Directory.Path, Report = Report, EnsureHeld = stage.Directory.EnsureHeld },
            stage.Time,
            stage.OpenFile);
        if (!stage.Database.IsConfigured) return new JournaledRecords(journal, format, projector: null, stage);
        // Of a kind of its own: it must not be held back behind what passes.
        var rejected = new RejectedJournal(
            stage.Directory.FilePath(options.FileName), stage.Time, (message, exception) =>
                diagnostics.Report(source, FailureKind.Permanent, message, exception));
        void ReportProjection(string message, Exception? exception) => diagnostics.Report(
            source,
            exception is not null && stage.Database.IsPermanent(exception) ? FailureKind.Permanent : FailureKind.Temporary,
            message,
            exception);
        var projector = new Projector(journal, stage.Database, projection, rejected, stage.Instance, stage.Time, ReportProjection);
        return new JournaledRecords(journal, format, projector, stage);
    }

    /// <summary>
    /// The number of the last line that this process knows to be in the database. A row that states more is not believed. Where there is no
    /// database, no line waits for it: a number beyond all lines.
    /// </summary>
    public long ProjectedSeq => _projector?.ProjectedSeq ?? long.MaxValue;

    /// <summary>Begins to project what the database does not have, where there is a database. Call once.</summary>
    public void StartProjecting()
    {
        if (_projector is null) return;
        _projector.Start();
        _isProjecting = true;
    }

    /// <summary>
    /// Gives the database a moment to be created or migrated, so that the first query after the start finds its tables.
    /// One that cannot be reached is not waited for.
    /// </summary>
    public async Task WaitForDatabaseAsync(CancellationToken cancellationToken)
    {
        if (_projector is null) return;
        try
        {
            await _projector.Tried.WaitAsync(Patience, _stage.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The projector goes on trying.
        }
    }

    /// <summary>Appends the records, all or none.</summary>
    /// <exception cref="IOException">None was written.</exception>
    public async ValueTask AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        if (Journal.UnflushedBytes > MostUnflushed) await Journal.FlushAsync(cancellationToken).ConfigureAwait(false);
        Journal.Append(records, _format);
    }

    /// <summary>Appends the record.</summary>
    /// <exception cref="IOException">It was not written.</exception>
    public void Append(LogRecord record) => Journal.Append([record], _format);

    /// <summary>Appends the record, and blocks until it is on the disk. Needs no thread of the pool.</summary>
    /// <exception cref="IOException">
    /// It is not on the disk, or the disk did not answer within <paramref name="patience"/>; the record may still appear.
    /// </exception>
    public void AppendDurably(LogRecord record, TimeSpan patience) => Journal.AppendDurably(record, _format, patience);

    /// <summary>Appends the last record, and takes no more from then on.</summary>
    /// <param name="last">Makes it, given the number of the line before it.</param>
    /// <exception cref="IOException">It was not written.</exception>
    public void Complete(Func<long, LogRecord> last) => Journal.Complete(last, _format);

    /// <summary>Returns when what was appended is on the disk.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => Journal.FlushAsync(cancellationToken);

    /// <summary>Returns when what was appended is in the database; where there is none, when it is on the disk.</summary>
    public Task ProjectAsync(CancellationToken cancellationToken) =>
        _projector is null ? FlushAsync(cancellationToken) : _projector.CatchUpAsync(Journal.LastSeq, cancellationToken);

    /// <summary>
    /// Flushes the journal, brings it into the database, and closes both. Gives the database up at the deadline, and before that where it
    /// does not answer for five seconds or cannot be used until somebody acts: the journal keeps the rest.
    /// </summary>
    /// <param name="deadline">Ends the projection.</param>
    /// <returns>What is left.</returns>
    public async ValueTask<JournalRemainder> CloseAsync(CancellationToken deadline)
    {
        try
        {
            await Journal.FlushAsync(deadline).ConfigureAwait(false);
            if (_isProjecting) await DrainAsync(_projector!, deadline).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // What is left is returned.
        }

        if (_projector is not null) await _projector.DisposeAsync().ConfigureAwait(false);
        Journal.Dispose();
        return new JournalRemainder(
            Journal.LastSeq - Journal.DurableSeq,
            _isProjecting ? Math.Max(0, Journal.DurableSeq - ProjectedSeq) : 0,
            _projector?.WasConnected != true);
    }

    private async Task DrainAsync(Projector projector, CancellationToken deadline)
    {
        var drained = projector.CatchUpAsync(Journal.LastSeq, deadline);
        while (!drained.IsCompleted && !deadline.IsCancellationRequested)
        {
            if (projector.LastError is { } error && _stage.Database.IsPermanent(error)) return;
            await Task.WhenAny(drained, Task.Delay(Patience, _stage.Time, deadline)).ConfigureAwait(false);
            if (!drained.IsCompleted && !projector.IsConnected) return;
        }

        await drained.ConfigureAwait(false);
    }

    private static DateTimeOffset? NewestRecord(IEnumerable<string> journals) => journals.Max(NewestRecord);

    private static DateTimeOffset? NewestRecord(string journal)
    {
        try
        {
            OwnFile.EnsureFile(journal);
            return JournalEnd.Find(journal) is { } end ? LineTime.Of(end.Line) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another handler's journal must not keep this one from starting; its own is opened next.
            return null;
        }
    }
}
