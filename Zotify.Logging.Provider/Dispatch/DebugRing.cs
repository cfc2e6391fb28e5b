using System.Collections.Concurrent;
using System.Diagnostics;
using Zotify.Logging.Handlers;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// Keeps lines below the log's level in memory, separately for each trace and job, until an error is logged there. Drops lines of a trace
/// when their activity has ended, lines of a job when it completes, and the oldest lines when a limit is reached. Thread-safe.
/// </summary>
internal sealed class DebugRing
{
    /// <summary>How many groups are examined when a new one begins. Two are enough to keep ended groups from piling up.</summary>
    private const int ExaminedAtOnce = 2;

    // The groups of the thread's last line. The next line is mostly of the same trace and job.
    [ThreadStatic]
    private static RingGroup? _lastTrace;

    [ThreadStatic]
    private static RingGroup? _lastJob;

    private readonly ConcurrentDictionary<string, RingGroup> _traces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RingGroup> _jobs = new(StringComparer.Ordinal);
    private long _bytes;
    private long _evicted;

    // Changed with the configuration.
    private long _maxBytes;
    private long _maxTotalBytes;

    // Guarded by the gate: every group, in the order of their beginnings, and the one to be examined next. The gate is taken before a
    // group's own, and only where a group begins or ends.
    private readonly Lock _gate = new();
    private readonly LinkedList<RingGroup> _byAge = new();
    private LinkedListNode<RingGroup>? _next;

    /// <summary>The bytes of the kept lines, by estimate.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How many lines were removed because there were too many.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>Sets the limits. Without options, drops everything.</summary>
    public void Configure(RingOptions? options)
    {
        Volatile.Write(ref _maxBytes, options?.Bytes ?? 0);
        Volatile.Write(ref _maxTotalBytes, options?.TotalBytes ?? 0);
        lock (_gate)
        {
            while (options is null && _byAge.First is { } oldest) End(oldest);
        }
    }

    /// <summary>Keeps a line of a trace, of a job, or of both.</summary>
    /// <param name="traceId">The W3C trace id.</param>
    /// <param name="root">The outermost activity around the call that is still running.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="record">The snapshot of the call.</param>
    public void Add(string? traceId, Activity? root, string? jobId, in RecordValues record)
    {
        var line = new RingLine(record, root);
        if (traceId is not null) Add(_traces, traceId, line, ref _lastTrace);
        if (jobId is not null) Add(_jobs, jobId, line, ref _lastJob);
    }

    /// <summary>Takes the lines of a trace and of a job, in the order of their times.</summary>
    public IReadOnlyList<RingLine> Take(string? traceId, string? jobId)
    {
        var lines = new List<RingLine>();
        if (traceId is not null && _traces.TryGetValue(traceId, out var trace)) Interlocked.Add(ref _bytes, -trace.Take(lines));
        if (jobId is not null && _jobs.TryGetValue(jobId, out var job)) Interlocked.Add(ref _bytes, -job.Take(lines));
        // Stable: lines of one time keep their order.
        return lines.Count < 2 ? lines : [.. lines.OrderBy(line => line.Record.UtcTicks)];
    }

    /// <summary>Drops the lines of a job that ended well. Those that are also of a trace stay with the trace.</summary>
    public void Drop(string jobId)
    {
        if (!_jobs.TryGetValue(jobId, out var job)) return;
        lock (_gate)
        {
            if (job.Node is { List: not null } node) End(node);
        }
    }

    private void Add(ConcurrentDictionary<string, RingGroup> index, string key, RingLine line, ref RingGroup? last)
    {
        while (true)
        {
            if (last?.IsOf(index, key) != true) last = index.TryGetValue(key, out var known) ? known : Begin(index, key);
            if (!last.TryAdd(line, Volatile.Read(ref _maxBytes), out var growth, out var evicted))
            {
                // It has ended meanwhile. Another one begins.
                last = null;
                continue;
            }

            if (evicted > 0) Interlocked.Add(ref _evicted, evicted);
            if (growth != 0 && Interlocked.Add(ref _bytes, growth) > Volatile.Read(ref _maxTotalBytes)) Shrink();
            return;
        }
    }

    private RingGroup Begin(ConcurrentDictionary<string, RingGroup> index, string key)
    {
        lock (_gate)
        {
            if (index.TryGetValue(key, out var known)) return known;
            var group = new RingGroup(index, key, endsWithActivities: index == _traces);
            index[key] = group;
            group.Node = _byAge.AddLast(group);
            for (var i = 0; i < ExaminedAtOnce; i++) ExamineNext(group);
            return group;
        }
    }

    private void ExamineNext(RingGroup except)
    {
        var node = _next ?? _byAge.First!;
        _next = node.Next;
        if (node.Value != except && node.Value.IsOver) End(node);
    }

    private void Shrink()
    {
        lock (_gate)
        {
            while (Bytes > Volatile.Read(ref _maxTotalBytes) && _byAge.First is { } oldest)
                Interlocked.Add(ref _evicted, End(oldest));
        }
    }

    private int End(LinkedListNode<RingGroup> node)
    {
        if (_next == node) _next = node.Next;
        _byAge.Remove(node);
        Interlocked.Add(ref _bytes, -node.Value.Close(out var dropped));
        return dropped;
    }
}
