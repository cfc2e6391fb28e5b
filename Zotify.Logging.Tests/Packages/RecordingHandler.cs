using System.Collections.Concurrent;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Packages;

/// <summary>A handler of an application, which keeps every record for the test.</summary>
internal sealed class RecordingHandler(ConcurrentQueue<LogRecord> records) : BaseLogHandler
{
    protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        foreach (var record in batch) records.Enqueue(record);
        return default;
    }
}
