using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Handlers;

/// <summary>
/// Writes the system log: a file of lines in text or JSON, rolled by size. A written batch survives the end of the process. It is not
/// forced to the disk: a power failure may lose the last lines.
/// </summary>
internal sealed class FileStreamHandler : BaseLogHandler<FileStreamHandlerOptions>
{
    /// <summary>A buffer that grew beyond this many bytes is not kept.</summary>
    private const int MaxKeptBuffer = 1024 * 1024;

    private readonly LogDirectory _directory;
    private readonly TimeProvider _time;
    private readonly FileAppend _append;

    // Decided at the start.
    private ISystemLineFormat _format = new SystemLineFormat();
    private LogParts _needs = LogParts.Message | LogParts.Exception;

    private ArrayBufferWriter<byte> _buffer = new();
    private RollingFile? _file;
    private int _retainedFiles;
    private long _noticedQueueFull;
    private long _noticedFailed;

    // A batch may fail after some of it was written and the file rolled. Its retry goes on after the written records.
    private (LogRecord? First, int Generation) _failedBatch;
    private int _written;

    internal FileStreamHandler(LogDirectory directory, TimeProvider time)
        : this(directory, time, RandomAccess.Write)
    {
    }

    internal FileStreamHandler(LogDirectory directory, TimeProvider time, FileAppend append)
    {
        _directory = directory;
        _time = time;
        _append = append;
    }

    /// <summary>The name of this writer, in lines in JSON.</summary>
    internal string Instance { get; init; } = "";

    /// <summary>Returns the name of the property or scope value that has a job's id, in lines in JSON.</summary>
    internal Func<string> JobKey { get; init; } = () => "job_id";

    /// <inheritdoc/>
    public override LogParts Needs => _needs;

    /// <summary>Never: a batch is in the file when it ends, and the system log makes no promise beyond that.</summary>
    internal override bool HasUnflushed => false;

    internal override bool RetainsRecords => false;

    /// <summary>Opens the file.</summary>
    /// <exception cref="LogDirectoryException">The directory or the file cannot be written.</exception>
    protected internal override async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        await _directory.OpenAsync(message => Context.Diagnostics.Report(Name, FailureKind.Temporary, message), Context.Closing)
            .ConfigureAwait(false);
        if (Options.Format == SystemLogFormat.Json)
        {
            _format = new SystemJsonLineFormat(Instance, JobKey);
            _needs = LogParts.All;
        }

        var file = new RollingFile(_directory.FilePath(Options.Path), _append, _directory.EnsureHeld);
        try
        {
            file.Tighten();
            _ = file.Length;
            _file = file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw new LogDirectoryException(
                $"Logging:Zotify:Handlers:{Name}:Path: '{_directory.FilePath(Options.Path)}' cannot be written: {exception.Message}",
                exception);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A retry goes on where the batch failed: no record is written twice.</remarks>
    /// <exception cref="IOException">The file cannot be written now.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written now.</exception>
    protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        var queueFull = Context.Dropped(DropReason.QueueFull);
        var failed = Context.Dropped(DropReason.HandlerFailed);
        var unnoticed = (queueFull - _noticedQueueFull, failed - _noticedFailed);
        Write(unnoticed is (0, 0) ? batch : [.. batch, DroppedNotice(unnoticed)]);
        // Only after the write succeeded: a retried batch needs the notice again.
        (_noticedQueueFull, _noticedFailed) = (queueFull, failed);
        return default;
    }

    /// <summary>Retries while the disk fails: it may have room again. The queue decides what is dropped meanwhile.</summary>
    protected internal override bool ShouldRetry(Exception exception, int attempt) =>
        exception is IOException or UnauthorizedAccessException || base.ShouldRetry(exception, attempt);

    /// <summary>Writes a notice of what was dropped since the last batch, and closes the file.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_file is not null)
        {
            using (_file) await WriteAsync([], CancellationToken.None).ConfigureAwait(false);
            _file = null;
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    private void Write(IReadOnlyList<LogRecord> batch)
    {
        var options = Options;
        var file = _file!;
        if (options.RetainedFiles != _retainedFiles) Prune(file, options.RetainedFiles);
        if (batch.Count == 0) return;

        // The first record identifies the batch, because a retry may come in another list.
        var first = (batch[0], batch[0].Generation);
        if (first != _failedBatch) _written = 0;
        _failedBatch = first;
        _buffer.ResetWrittenCount();
        var length = file.Length;
        var pending = 0;
        var canRoll = true;
        for (var i = _written; i < batch.Count; i++)
        {
            var start = _buffer.WrittenCount;
            _format.Write(batch[i], _buffer);
            var isFirst = length + start - pending == 0;
            if (isFirst || !canRoll || length + _buffer.WrittenCount - pending <= options.MaxFileSize) continue;
            file.Append(_buffer.WrittenSpan[pending..start]);
            _written = i;
            pending = start;
            canRoll = TryRoll(file, options.RetainedFiles);
            length = file.Length;
        }

        file.Append(_buffer.WrittenSpan[pending..]);
        _failedBatch = default;
        if (_buffer.Capacity > MaxKeptBuffer) _buffer = new ArrayBufferWriter<byte>();
    }

    /// <summary>Rolls the file. Where that fails, the file grows: a log that is too large is better than none.</summary>
    private bool TryRoll(RollingFile file, int retainedFiles)
    {
        try
        {
            file.Roll();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Context.Diagnostics.Report(Name, FailureKind.Permanent, "the file could not be rolled, so it grows", exception);
            return false;
        }

        Prune(file, retainedFiles);
        return true;
    }

    private void Prune(RollingFile file, int retainedFiles)
    {
        try
        {
            file.Prune(retainedFiles);
            _retainedFiles = retainedFiles;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Context.Diagnostics.Report(Name, FailureKind.Permanent, "a rolled file could not be deleted", exception);
        }
    }

    private LogRecord DroppedNotice((long QueueFull, long Failed) dropped) => new()
    {
        Timestamp = _time.GetUtcNow(),
        Level = LogLevel.Warning,
        Category = "Zotify.Logging",
        Message = string.Create(
            CultureInfo.InvariantCulture,
            $"{dropped.QueueFull + dropped.Failed} records of the system log were dropped: {Reasons(dropped)}"),
    };

    private static string Reasons((long QueueFull, long Failed) dropped)
    {
        KeyValuePair<DropReason, long>[] counts =
            [new(DropReason.QueueFull, dropped.QueueFull), new(DropReason.HandlerFailed, dropped.Failed)];
        return DropReasonNames.Describe(counts.Where(count => count.Value > 0));
    }
}
