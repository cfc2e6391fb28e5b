using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.Projection;

/// <summary>
/// A journal and its projection to the database: the common part of the audit and the job handler. Thread-safe.
/// </summary>
internal sealed class JournaledRecords
{
    /// <summary>
    /// How many bytes of lines may wait in memory for a slow disk. Beyond that, the pipeline waits, so that the handler's queue limits the
    /// rest.
    /// </summary>
    private const long MostUnflushed = 16 * 1024 * 1024;

    /// <summary>A database that does not answer must not delay the start or the end of an application longer than this.</summary>
    private static readonly TimeSpan DatabaseTimeout = TimeSpan.FromSeconds(5);

    private readonly IJournalFormat<LogRecord> _format;
    private readonly Projector? _projector;
    private readonly JournalShippers _shippers;
    private readonly JournalStage _stage;
    private volatile bool _isProjecting;

    private JournaledRecords(
        JournalWriter journal, IJournalFormat<LogRecord> format, Projector? projector, JournalShippers shippers, JournalStage stage)
    {
        Journal = journal;
        _format = format;
        _projector = projector;
        _shippers = shippers;
        _stage = stage;
    }

    /// <summary>The journal.</summary>
    public JournalWriter Journal { get; }

    /// <summary>The state of the projection. Without a database, nothing is ever behind.</summary>
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
        // Before the first record is written: records of this run do not confirm its clock.
        stage.Clock.Begin(() => stage.Journals.Union([options.FileName]).Select(stage.Directory.FilePath).Max(JournalEnd.NewestTime));
        void Report(string message, Exception? exception) => diagnostics.Report(source, FailureKind.Temporary, message, exception);
        var journal = JournalWriter.Open(
            options with { Directory = stage.Directory.Path, Report = Report, EnsureHeld = stage.Directory.EnsureHeld },
            stage.Time,
            stage.OpenFile);
        var shipped = new ShippedJournal(
            source,
            stage.Instance,
            journal,
            stage.Directory.Path,
            stage.Directory.FilePath(options.FileName),
            record => journal.Append([record], format),
            (kind, message, exception) => diagnostics.Report(source, kind, message, exception));
        var shippers = OpenShippers(stage, shipped, options.Rolled, journal);
        if (!stage.Database.IsConfigured) return new JournaledRecords(journal, format, projector: null, shippers, stage);
        // A source of its own, so that rate limiting does not hold its reports back behind temporary failures.
        var rejected = new RejectedJournal(
            stage.Directory.FilePath(options.FileName), stage.Time, (message, exception) =>
                diagnostics.Report(source, FailureKind.Permanent, message, exception));
        void ReportProjection(string message, Exception? exception) => diagnostics.Report(
            source,
            exception is not null && stage.Database.IsPermanent(exception) ? FailureKind.Permanent : FailureKind.Temporary,
            message,
            exception);
        var projector = new Projector(journal, stage.Database, projection, rejected, stage.Instance, stage.Time, ReportProjection);
        return new JournaledRecords(journal, format, projector, shippers, stage);
    }

    /// <summary>
    /// The number of the last line that this process knows to be in the database, whatever a row states. Without a database, no line waits
    /// for one, and this is larger than any number.
    /// </summary>
    public long ProjectedSeq => _projector?.ProjectedSeq ?? long.MaxValue;

    /// <summary>
    /// The number of the last line that nobody waits for: the database has it as <see cref="ProjectedSeq"/> tells, and so do all targets.
    /// Segments with later lines stay.
    /// </summary>
    public long PrunableSeq => Math.Min(ProjectedSeq, _shippers.ShippedSeq);

    /// <summary>The states of the journal's further targets.</summary>
    public IReadOnlyList<TargetStatus> Targets => _shippers.Status;

    /// <summary>Begins to project, where there is a database, and to send to the targets. Call once.</summary>
    public void StartProjecting()
    {
        _shippers.Start();
        if (_projector is null) return;
        _projector.Start();
        _stage.Heartbeat.Enter();
        _isProjecting = true;
    }

    /// <summary>
    /// Waits a moment until the database was created or migrated, so that the first query after the start finds its tables. Does not wait
    /// for a database that cannot be reached.
    /// </summary>
    /// <param name="closing">Ends the wait: a program that ends at once must get its records into the journal first.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task WaitForDatabaseAsync(CancellationToken closing, CancellationToken cancellationToken)
    {
        if (_projector is null) return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(closing, cancellationToken);
        try
        {
            await _projector.Tried.WaitAsync(DatabaseTimeout, _stage.Time, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is TimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The projector continues to retry.
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
    /// It is not on the disk, or the disk did not answer within <paramref name="timeout"/>. The record may still appear.
    /// </exception>
    public void AppendDurably(LogRecord record, TimeSpan timeout) => Journal.AppendDurably(record, _format, timeout);

    /// <summary>Appends the last record, and refuses all others from then on.</summary>
    /// <param name="last">Creates the record, given the number of the line before it.</param>
    /// <exception cref="IOException">It was not written.</exception>
    public void Complete(Func<long, LogRecord> last) => Journal.Complete(last, _format);

    /// <summary>The report of a shutdown about records that are not in the database yet; <see langword="null"/> without any.</summary>
    public string? Unprojected
    {
        get
        {
            if (!_isProjecting || Projection.Behind is not (> 0 and var behind)) return null;
            // The database may have some of them where it was never reached.
            var count = _projector!.WasConnected ? $"{behind}" : $"up to {behind}";
            return $"{count} records of the journal {Journal.FileName} are not in the database yet. The next start projects them, or the "
                + "command 'database catch-up'";
        }
    }

    /// <summary>Returns when everything appended before is on the disk.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => Journal.FlushAsync(cancellationToken);

    /// <summary>Whether <see cref="ProjectAsync"/> would wait for the database.</summary>
    public bool HasUnprojected => _projector is not null && !_projector.HasReached(Journal.LastSeq);

    /// <summary>Returns when everything appended before is in the database; without a database, when it is on the disk.</summary>
    public Task ProjectAsync(CancellationToken cancellationToken) =>
        _projector is null ? FlushAsync(cancellationToken) : _projector.CatchUpAsync(Journal.LastSeq, cancellationToken);

    /// <summary>
    /// Flushes the journal, and waits until the database and the targets have all of it. Stops waiting at the deadline, after a permanent
    /// failure, and when the database was not reached for five seconds. The next start continues with the rest.
    /// </summary>
    /// <param name="deadline">Ends the wait.</param>
    public async ValueTask DrainAsync(CancellationToken deadline)
    {
        try
        {
            await Journal.FlushAsync(deadline).ConfigureAwait(false);
            var shipped = _shippers.DrainAsync(deadline);
            if (_isProjecting) await DrainAsync(_projector!, deadline).ConfigureAwait(false);
            await shipped.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The next start projects the rest.
        }
    }

    /// <summary>Flushes the journal, stops the projector, and closes both.</summary>
    /// <param name="deadline">Ends the attempt to write that this writer stops.</param>
    /// <returns>The records that did not reach the disk.</returns>
    public async ValueTask<long> CloseAsync(CancellationToken deadline)
    {
        if (_isProjecting) await _stage.Heartbeat.LeaveAsync(deadline).ConfigureAwait(false);
        await _shippers.DisposeAsync().ConfigureAwait(false);
        if (_projector is not null) await _projector.DisposeAsync().ConfigureAwait(false);
        Journal.Dispose();
        return Journal.LastSeq - Journal.DurableSeq;
    }

    private static JournalShippers OpenShippers(JournalStage stage, ShippedJournal shipped, Action rolled, JournalWriter journal)
    {
        try
        {
            return new JournalShippers(shipped, stage.Targets, stage.Archives, stage.Time, rolled);
        }
        catch
        {
            // The next attempt to start opens the journal again.
            journal.Dispose();
            throw;
        }
    }

    private async Task DrainAsync(Projector projector, CancellationToken deadline)
    {
        var drained = projector.CatchUpAsync(Journal.LastSeq, deadline);
        while (!drained.IsCompleted && !deadline.IsCancellationRequested)
        {
            if (projector.LastError is { } error && _stage.Database.IsPermanent(error)) return;
            await Task.WhenAny(drained, Task.Delay(DatabaseTimeout, _stage.Time, deadline)).ConfigureAwait(false);
            if (!drained.IsCompleted && !projector.IsConnected) return;
        }

        await drained.ConfigureAwait(false);
    }
}
