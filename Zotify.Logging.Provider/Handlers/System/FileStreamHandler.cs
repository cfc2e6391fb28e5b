using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Provider.Capture;
using Zotify.Logging.Provider.Dispatch;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Handlers.System;

/// <summary>Writes the system log: one line a record into a file that is rolled by size, and that anybody may read meanwhile.</summary>
public sealed class FileStreamHandler : BaseLogHandler<FileStreamHandlerOptions>
{
    /// <summary>Lines are gathered up to this size, in bytes, before they are written.</summary>
    private const int WriteSize = 256 * 1024;

    private readonly LogDirectory _directory;
    private readonly TimeProvider _time;
    private readonly LineBuffer _buffer = new();
    private RollingFile? _file;

    // A batch that failed half-way comes again: what of it was written already.
    private int _written;
    private long _droppedSaid;

    internal FileStreamHandler(LogDirectory directory, TimeProvider time)
    {
        _directory = directory;
        _time = time;
    }

    /// <inheritdoc/>
    public override LogParts Needs => LogParts.Message | LogParts.Exception;

    /// <inheritdoc/>
    /// <exception cref="LogDirectoryException">The directory cannot be written, or another process holds it.</exception>
    protected internal override ValueTask StartAsync(CancellationToken cancellationToken)
    {
        _directory.Open();
        _file = new RollingFile(_directory.FilePath(Options.Path));
        _file.Open();
        return default;
    }

    /// <inheritdoc/>
    protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        var file = _file!;
        try
        {
            SayDropped(file);
            var length = file.Length;
            for (var i = _written; i < batch.Count; i++)
            {
                var start = _buffer.Length;
                SystemLineFormat.Write(batch[i], _buffer);
                if (length + _buffer.Length > Options.MaxFileSize && length + start > 0)
                {
                    // A record is never split over files: what is before it goes into the old one.
                    if (start > 0) file.Append(_buffer.From(0)[..start]);
                    _written = i;
                    file.Roll(Options.RetainedFiles);
                    length = 0;
                    _buffer.Truncate(0);
                    SystemLineFormat.Write(batch[i], _buffer);
                }

                if (_buffer.Length < WriteSize && i < batch.Count - 1) continue;
                file.Append(_buffer.From(0));
                length += _buffer.Length;
                _buffer.Truncate(0);
                _written = i + 1;
            }

            _written = 0;
        }
        catch
        {
            _buffer.Truncate(0);
            file.Close();
            throw;
        }

        return default;
    }

    /// <summary>A disk may come back: records wait for it within the bounds of the queue.</summary>
    protected internal override bool ShouldRetry(Exception exception, int attempt) => true;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _file?.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>What a full queue dropped shows in the log itself, where its reader would miss it.</summary>
    private void SayDropped(RollingFile file)
    {
        var dropped = Context.Dropped();
        if (dropped == _droppedSaid) return;
        _buffer.Truncate(0);
        SystemLineFormat.Write(
            new LogRecord
            {
                Timestamp = _time.GetUtcNow(),
                Level = LogLevel.Warning,
                Category = "Zotify.Logging",
                Message = string.Create(CultureInfo.InvariantCulture, $"{dropped - _droppedSaid} records were dropped: the queue of the system log was full"),
            },
            _buffer);
        file.Append(_buffer.From(0));
        _buffer.Truncate(0);
        _droppedSaid = dropped;
    }
}
