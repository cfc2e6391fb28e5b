using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Handlers;

/// <summary>
/// Writes the system log: a text file, one line a record, rolled by size. What is written is in the file as soon as the
/// batch is, and survives the end of the process, but is not forced to the disk: a power failure may cost the last lines.
/// </summary>
public sealed class FileStreamHandler : BaseLogHandler<FileStreamHandlerOptions>
{
    /// <summary>The buffer of a batch beyond this many bytes is not kept.</summary>
    private const int KeptBuffer = 1024 * 1024;

    private readonly LogDirectory _directory;
    private readonly TimeProvider _time;
    private readonly FileAppend _append;

    private readonly SystemLineFormat _format = new();
    private ArrayBufferWriter<byte> _buffer = new();
    private RollingFile? _file;
    private int _retainedFiles;
    private long _toldQueueFull;
    private long _toldFailed;

    // A batch that failed after a file was rolled comes again: its records up to here are written.
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

    /// <inheritdoc/>
    public override LogParts Needs => LogParts.Message | LogParts.Exception;

    internal override bool RetainsRecords => false;

    /// <summary>Opens the file.</summary>
    /// <exception cref="LogDirectoryException">The directory or the file cannot be written.</exception>
    protected internal override ValueTask StartAsync(CancellationToken cancellationToken)
    {
        _directory.Open();
        var file = new RollingFile(_directory.FilePath(Options.Path), _append);
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
                $"Logging:Zotify:Handlers:{Name}:Path: '{_directory.FilePath(Options.Path)}' cannot be written: {exception.Message}", exception);
        }

        return default;
    }

    /// <inheritdoc/>
    /// <remarks>A batch is written whole or, by retries, from where it failed: no record is written twice.</remarks>
    /// <exception cref="IOException">The file cannot be written now.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written now.</exception>
    protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        var queueFull = Context.Dropped(DropReason.QueueFull);
        var failed = Context.Dropped(DropReason.HandlerFailed);
        var untold = (queueFull - _toldQueueFull, failed - _toldFailed);
        Write(untold is (0, 0) ? batch : [.. batch, DroppedNotice(untold)]);
        // Only when it is written: a batch that comes again tells again.
        (_toldQueueFull, _toldFailed) = (queueFull, failed);
        return default;
    }

    /// <summary>A disk may have room again: the system log waits for it, and its queue decides what is dropped meanwhile.</summary>
    protected internal override bool ShouldRetry(Exception exception, int attempt) =>
        exception is IOException or UnauthorizedAccessException || base.ShouldRetry(exception, attempt);

    /// <summary>Says what was dropped since the last batch, and closes the file.</summary>
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

        // The batch is known by its first record, since the list may be another one.
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
        if (_buffer.Capacity > KeptBuffer) _buffer = new ArrayBufferWriter<byte>();
    }

    /// <summary>Rolls the file where that can be done; otherwise it grows on, because a log that is too large is better than none.</summary>
    private bool TryRoll(RollingFile file, int retainedFiles)
    {
        try
        {
            file.Roll();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Context.Diagnostics.Report(Name, FailureKind.Permanent, "the file could not be rolled, and grows on", exception);
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
        Message = string.Create(CultureInfo.InvariantCulture, $"{dropped.QueueFull + dropped.Failed} records of the system log were dropped: {Reasons(dropped)}"),
    };

    private static string Reasons((long QueueFull, long Failed) dropped)
    {
        var counts = new Dictionary<DropReason, long> { [DropReason.QueueFull] = dropped.QueueFull, [DropReason.HandlerFailed] = dropped.Failed };
        return DropReasonNames.Describe(counts.Where(count => count.Value > 0));
    }
}
