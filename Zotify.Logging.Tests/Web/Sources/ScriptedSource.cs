using System.Globalization;
using System.Runtime.CompilerServices;
using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Common;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>A log that a test writes line by line. Its cursors are the numbers of lines. Thread-safe.</summary>
internal sealed class ScriptedSource(string name) : ILineSource
{
    private readonly Lock _gate = new();
    private readonly List<SystemLogEntry> _lines = [];
    private readonly AsyncSignal _changed = new();
    private string? _away;
    private int _beats;
    private int _readers;

    public string Name => name;

    /// <summary>How many reads were begun.</summary>
    public int Reads => Volatile.Read(ref _readers);

    /// <summary>Writes a line of a time.</summary>
    public void Write(DateTimeOffset time, string? message = null)
    {
        lock (_gate)
        {
            var cursor = (_lines.Count + 1).ToString(CultureInfo.InvariantCulture);
            message ??= $"{name}{cursor}";
            _lines.Add(new SystemLogEntry(cursor, message)
            {
                Timestamp = time, Level = "Information", Category = "Tests", EventId = 0, Message = message,
            });
        }

        _changed.Set();
    }

    /// <summary>Those who follow report that they are at the end.</summary>
    public void Beat()
    {
        lock (_gate) _beats++;
        _changed.Set();
    }

    /// <summary>Whoever reads finds the source away.</summary>
    public void Leave(string reason)
    {
        lock (_gate) _away = reason;
        _changed.Set();
    }

    public void Return()
    {
        lock (_gate) _away = null;
    }

    public void Check(string cursor, string property)
    {
        if (!int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out _)) throw new InvalidCursorException(property);
    }

    public async IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadAsync(
        SystemLogQuery query, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Assert.IsTrue(query.IsRelayed);
        Interlocked.Increment(ref _readers);
        // Like a real one, it does not answer within the call.
        await Task.Yield();
        var filter = new SystemLogFilter(query, null);
        var (next, end) = Range(query, filter);
        yield return LogSubscription<SystemLogEntry>.FirstBlock(Cursor(next));
        for (int left = limit, beats = 0; ;)
        {
            var changed = _changed.Next;
            var block = Next(ref next, end, ref beats, query.Follow, filter, ref left);
            if (block is not null) yield return block;
            else if (!query.Follow) break;
            else await changed.WaitAsync(cancellationToken);
            if (left == 0) yield break;
        }

        yield return LogSubscription<SystemLogEntry>.FirstBlock(Cursor(next));
    }

    public Task<SystemLogHistogram> CountAsync(SystemLogQuery query, TimeSpan? interval, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private static string Cursor(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string? cursor, int otherwise) =>
        cursor is null ? otherwise : int.Parse(cursor, CultureInfo.InvariantCulture);

    private (int Next, int End) Range(SystemLogQuery query, SystemLogFilter filter)
    {
        lock (_gate)
        {
            ThrowIfAway();
            var end = query.Follow ? int.MaxValue : _lines.Count;
            end = Math.Min(end, query.Before is { } before ? Number(before, 0) - 1 : Number(query.Through, end));
            var next = Number(query.After, 0);
            if (query.Tail is not { } tail) return (next, end);
            var matching = Enumerable.Range(next, Math.Max(0, Math.Min(end, _lines.Count) - next)).Where(i => filter.Matches(_lines[i]));
            return (tail == 0 ? Math.Min(end, _lines.Count) : matching.TakeLast(tail).FirstOrDefault(Math.Min(end, _lines.Count)), end);
        }
    }

    private LogBlock<SystemLogEntry>? Next(ref int next, int end, ref int beats, bool follows, SystemLogFilter filter, ref int left)
    {
        lock (_gate)
        {
            ThrowIfAway();
            while (next < Math.Min(end, _lines.Count))
            {
                var line = _lines[next++];
                if (!filter.Matches(line)) continue;
                left--;
                return new LogBlock<SystemLogEntry>("", line.Cursor, [line], 1);
            }

            if (!follows || beats == _beats) return null;
            beats = _beats;
            return new LogBlock<SystemLogEntry>(Cursor(next), Cursor(next), [new LogHeartbeat<SystemLogEntry>(Cursor(next))], 0);
        }
    }

    private void ThrowIfAway()
    {
        if (_away is not null) throw new SourceAwayException(_away);
    }
}
