using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// A handler as one service uses it: with the service's own options, and through its own pipeline or one that services share. The first
/// record or the start of the host opens the pipeline. Thread-safe.
/// </summary>
/// <param name="registration">The handler.</param>
/// <param name="options">Its options in this service.</param>
/// <param name="source">Provides its pipeline.</param>
/// <param name="time">The clock of waits and stops.</param>
/// <param name="diagnostics">Reports records that come after the end.</param>
internal sealed class ServiceHandler(
    HandlerRegistration registration, LogHandlerOptions options, IPipelineSource source, TimeProvider time, SelfDiagnostics diagnostics)
{
    /// <summary>A pipeline may be closed between finding it and posting to it, but hardly ever twice.</summary>
    private const int MaxAttempts = 3;

    private readonly HandlerCounters _counters = new();
    private volatile LogHandlerOptions _options = options;

    // The pipeline for the calls: null before the first record and after the end. And the last pipeline that was in use.
    private volatile HandlerPipeline? _pipeline;
    private volatile HandlerPipeline? _last;
    private volatile bool _isClosed;
    private TimeSpan _stopTime;

    /// <summary>The handler's name.</summary>
    public string Name => registration.Name;

    /// <summary>The handler's type.</summary>
    public Type HandlerType => registration.HandlerType;

    /// <summary>The current options.</summary>
    public LogHandlerOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>Provides its pipeline.</summary>
    public IPipelineSource Source => source;

    /// <summary>The parts that must be captured: all of them until the handler has started, then those that it needs.</summary>
    public LogParts Needs => _pipeline?.Needs ?? LogParts.All;

    /// <inheritdoc cref="HandlerPipeline.IsBehind"/>
    public bool IsBehind => _pipeline?.IsBehind ?? false;

    /// <summary>How long its part of <see cref="StopAsync"/> took. The disposal has that much less time.</summary>
    public TimeSpan StopTime => _stopTime;

    /// <inheritdoc cref="HandlerPipeline.DropsUncaptured"/>
    public bool DropsUncaptured() => _pipeline?.DropsUncaptured(_options) ?? false;

    /// <summary>Posts a record. After the end, it never blocks and counts the records that cannot be written.</summary>
    /// <exception cref="Exception">
    /// <see cref="BaseLogHandler.OnRefused"/> or <see cref="BaseLogHandler.TryWriteInCall"/> threw it.
    /// </exception>
    public void Post(in RecordValues record)
    {
        if (_pipeline is not { } pipeline || !pipeline.TryPost(record, _options, mayWait: true)) OpenAndPost(record);
        // After the record is in the queue: a flush of the work includes it.
        if (registration.KeepsJournal && LoggedWork.Current is { } work && _last is { } last) work.Add(last);
        if (ProcessEnd.IsCrashing) FlushBeforeTheCrash();
    }

    /// <summary>
    /// Posts the lines that the ring kept. Where the queue is full, waits no longer for all of them together than for one record.
    /// </summary>
    public void Post(IReadOnlyList<RingLine> lines)
    {
        var (call, start) = (_options, time.GetTimestamp());
        foreach (var line in lines)
        {
            var left = call.WaitTimeout - time.GetElapsedTime(start);
            if (_pipeline is not { } pipeline || !pipeline.TryPost(line.Record, call, mayWait: true, left)) OpenAndPost(line.Record);
        }
    }

    /// <summary>Notifies the handler that its options changed.</summary>
    public void NotifyChanged() => source.Change(_options);

    /// <summary>Opens the handler, and returns when it has started. Fails with what its first attempt to start threw.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => Open()?.StartedAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Opens the handler, in the background.</summary>
    public HandlerPipeline? Open()
    {
        if (source.Open() is not { } pipeline) return null;
        if (pipeline != _last)
        {
            if (_last is { } former) _ = AddAsync(former);
            _last = pipeline;
        }

        if (!_isClosed) _pipeline = pipeline;
        return pipeline;
    }

    /// <summary>Whether everything posted before has reached the <paramref name="target"/>.</summary>
    public bool IsFlushed(FlushTo target) => Present()?.IsFlushed(target) ?? true;

    /// <summary>Returns when everything posted before has reached the <paramref name="target"/>.</summary>
    public Task FlushAsync(FlushTo target, CancellationToken cancellationToken) =>
        Present()?.FlushAsync(target, cancellationToken) ?? Task.CompletedTask;

    /// <summary>
    /// <see cref="FlushAsync"/> for an application: a flush to the disk fails at once while a journal cannot be written, so that the
    /// action can be refused.
    /// </summary>
    public Task FlushOrFailAsync(FlushTo target, CancellationToken cancellationToken) =>
        target == FlushTo.Disk && registration.KeepsJournal
            ? Present()?.FlushOrFailAsync(cancellationToken) ?? Task.CompletedTask
            : FlushAsync(target, cancellationToken);

    /// <summary>
    /// Flushes everything posted before to the disk, as far as possible. Its duration is deducted from the time of the disposal. Throws
    /// nothing.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        // The disposal counts and reports the rest.
        await FlushAsync(FlushTo.Disk, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopTime = time.GetElapsedTime(start);
    }

    /// <summary>Marks the service as disposed: later records are late.</summary>
    public void Close()
    {
        _isClosed = true;
        _pipeline = null;
    }

    /// <summary>The current state.</summary>
    public HandlerStatus Status()
    {
        var status = Present() is { } pipeline ? pipeline.Status(_options, _counters) : PipelineStatus.OfUnopened(this, _counters);
        return _isClosed ? status with { State = HandlerState.Stopped } : status;
    }

    private HandlerPipeline? Present() => _pipeline ?? source.Find() ?? _last;

    private void OpenAndPost(in RecordValues record)
    {
        var call = _options;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Refuse a late record that must be on the disk when the call returns: its caller has to know.
            if (_isClosed && call.WritesInCall) break;
            if (Open() is not { } pipeline) break;
            if (pipeline.TryPost(record, call, mayWait: !_isClosed)) return;
        }

        var last = _last ?? source.Unopened();
        // Records that a handler logs while it closes are its own, and expected.
        var reason = last.IsFeedback ? DropReason.Feedback : DropReason.AlreadyShutdown;
        _counters.AddDropped(reason, 1);
        if (reason == DropReason.AlreadyShutdown && _counters.Dropped(reason) == 1)
            diagnostics.Report(Name, FailureKind.Final, "a record came after the end and is not written; further ones are counted");
        last.NotifyRefused(record, reason, call);
    }

    /// <summary>Keeps the counts of a pipeline that was closed while the service went on.</summary>
    private async Task AddAsync(HandlerPipeline former)
    {
        await former.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _counters.Add(former.Counters);
    }

    private void FlushBeforeTheCrash()
    {
        if (Present() is { IsFeedback: false } pipeline)
            ProcessEnd.WaitBeforeTheCrash(pipeline.FlushAsync(FlushTo.Disk, CancellationToken.None));
    }
}
