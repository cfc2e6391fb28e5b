using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.Buffering;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zotify.Logging.Tests.Support;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Tests.Packages;

/// <summary>
/// Buffers the debug records of each request, as <c>AddPerIncomingRequestBuffer</c> does: no registry serves its package,
/// Microsoft.AspNetCore.Diagnostics.Middleware. Its base types and its caller are in Microsoft.Extensions.Telemetry.
/// </summary>
internal sealed class RequestBuffer(IHttpContextAccessor requests) : PerRequestLogBuffer
{
    private static readonly object Key = new();

    public override void Flush()
    {
        foreach (var (logger, record) in Of(requests.HttpContext!)) logger.LogRecords([record]);
    }

    public override bool TryEnqueue<TState>(IBufferedLogger bufferedLogger, in LogEntry<TState> logEntry)
    {
        if (requests.HttpContext is not { } request || logEntry.LogLevel > LogLevel.Debug) return false;
        Pair[] attributes = [.. (IReadOnlyList<Pair>)logEntry.State!];
        Of(request).Enqueue((bufferedLogger, new BufferedRecord(logEntry.Formatter(logEntry.State, logEntry.Exception), attributes)
        {
            Level = logEntry.LogLevel,
            Id = logEntry.EventId,
            Failure = logEntry.Exception?.ToString(),
            Trace = Activity.Current!.TraceId,
            Span = Activity.Current.SpanId,
        }));
        return true;
    }

    private static ConcurrentQueue<(IBufferedLogger Logger, BufferedRecord Record)> Of(HttpContext request)
    {
        lock (request.Items)
        {
            if (!request.Items.TryGetValue(Key, out var buffer))
                request.Items[Key] = buffer = new ConcurrentQueue<(IBufferedLogger, BufferedRecord)>();
            return (ConcurrentQueue<(IBufferedLogger, BufferedRecord)>)buffer!;
        }
    }
}
