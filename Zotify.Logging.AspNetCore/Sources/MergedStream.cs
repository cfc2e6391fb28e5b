using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// One client's way through a merged stream. It reads pages of what there is until it can join a run, and then gets what comes. If it falls
/// too far behind, it reads pages again. Each way goes on from the same cursor. Used by one thread at a time.
/// </summary>
/// <param name="request">What the client wants.</param>
/// <param name="parts">What all streams share.</param>
/// <param name="at">Where to begin.</param>
/// <param name="isAtEnd">Whether that is the end of all sources.</param>
internal sealed class MergedStream(MergedRequest request, MergedParts parts, MergedCursor at, bool isAtEnd)
{
    /// <summary>The most lines of a page that are written before they are sent.</summary>
    private const int BlockLength = 64;

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait after a page that had nothing, if the run has passed the client. Then it reads a page again.</summary>
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait for a run that has yet to come to where the client is, and gives out nothing.</summary>
    private static readonly TimeSpan LongestJoin = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = parts.Time;
    private readonly ToldSources _told = new(parts.Sources, parts.Names, request.Selected);
    private MergedCursor _at = at;
    private string?[] _away = [];
    private bool _foundNothing;
    private DateTimeOffset _endedAt = isAtEnd ? parts.Time.GetUtcNow() : default;
    private MergedRun? _run;
    private MergedRun? _avoided;
    private bool _isEnding;
    private long _lastItem = parts.Time.GetTimestamp();

    /// <summary>What the pages have.</summary>
    public required MergedQuery Pages { get; init; }

    /// <summary>How many of the first lines are left out.</summary>
    public long Skip { get; set; }

    /// <summary>Why sources could not be read when the beginning was looked for.</summary>
    public string?[]? Away { get; init; }

    /// <summary>Gives out the blocks.</summary>
    public async IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Away is not null && _told.Update(Away, _time.GetUtcNow(), _at.ToString()) is { } change) yield return change;
        try
        {
            while (true)
            {
                // Who comes back a moment later needs no page: a run brings what it lacks, as it does for the others.
                if (!TryEnter(hasReadAll: false))
                    await foreach (var block in ReadPagesAsync(cancellationToken).ConfigureAwait(false)) yield return block;
                if (_run is null && !TryEnter(hasReadAll: true)) yield break;
                await foreach (var block in FollowAsync(_run, cancellationToken).ConfigureAwait(false)) yield return block;
                Leave();
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Up to when the client has everything, as far as it is known.</summary>
    private DateTimeOffset UpTo => _at.Time > _endedAt ? _at.Time : _endedAt;

    /// <summary>Finds a run to follow. Returns whether there is one; who has read everything, and wants what comes, gets one.</summary>
    [MemberNotNullWhen(true, nameof(_run))]
    private bool TryEnter(bool hasReadAll)
    {
        if (!request.Follows || _isEnding || Skip > 0) return false;
        var away = _away.Length > 0 ? _away : Away ?? parts.Runs.Away;
        _run = parts.Runs.Enter(new RunCandidate(_at, UpTo, request.Selected, away) { HasReadAll = hasReadAll, Avoided = _avoided });
        return _run is not null;
    }

    private void Leave()
    {
        if (_run is not null) parts.Runs.Leave(_run);
        _run = null;
    }

    /// <summary>Reads what there is, to the end or to where a run is.</summary>
    private async IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What was counted must be read: a run learns a moment later that a source is back.
        _away = Skip > 0 && Away is { } looked ? looked : parts.Runs.Away;
        _foundNothing = true;
        await using var reading = parts.Pages.Open(Pages, _at, mayFollow: request.Follows && !request.Selected.Contains(false));
        for (var isLast = false; !isLast;)
        {
            var begin = _time.GetUtcNow();
            var page = await reading.ReadAsync(_away, cancellationToken).ConfigureAwait(false);
            (_away, isLast) = (page.Away, page.IsLast);
            // Told before the lines that lack its own.
            if (_told.Update(_away, _time.GetUtcNow(), _at.ToString()) is { } change) yield return change;
            _at = page.End;
            if (WithoutSkipped(page.Items) is { Count: > 0 } items)
            {
                (_lastItem, _foundNothing) = (_time.GetTimestamp(), false);
                foreach (var some in items.Chunk(BlockLength)) yield return new LogBlock<SystemLogEntry>("", some[^1].Cursor, some, 0);
            }

            if (isLast) (Skip, _endedAt, _avoided) = (0, begin, null);
            else if (TryEnter(hasReadAll: false)) yield break;
            await Task.Yield();
        }
    }

    /// <summary>Gives out what comes, until the client is too far behind, or its time is up.</summary>
    private async IAsyncEnumerable<LogBlock<SystemLogEntry>> FollowAsync(
        MergedRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscriber = new MergedSubscriber(run, parts.Names, request.Selection);
        var since = _time.GetTimestamp();
        var isJoined = false;
        while (true)
        {
            // Get the task before the read: a line that arrives meanwhile completes it.
            var changed = run.Changed;
            // A run that has not given out the client's last line cannot know it: looking for it would take time from the run.
            if (!isJoined && !run.IsBefore(_at.Time) && subscriber.TryJoin(_at)) (isJoined, _foundNothing) = (true, false);
            var hasEnded = run.HasEnded;
            if (!isJoined && (hasEnded || HasToRead(run, since))) break;
            var block = subscriber.Read();
            if (isJoined && !subscriber.IsJoined) break;
            if (isJoined && _told.Update(run.States, subscriber.Text) is { } change) yield return change;
            if (block is not null)
            {
                if (block.Items.Count > 0) _lastItem = _time.GetTimestamp();
                if (block.Items.Count > 0) yield return block;
                continue;
            }

            if (hasEnded) break;
            // Lines of the last moment are still held.
            _isEnding = _time.GetUtcNow() - LineMerger.Hold >= request.Query.Until;
            if (_isEnding) break;
            if (_time.GetElapsedTime(_lastItem) >= HeartbeatInterval) yield return Heartbeat(isJoined ? subscriber.Text : _at.ToString());
            var wait = WaitAsync(changed, isJoined ? null : since, cancellationToken);
            await (isJoined ? wait : run.Pace.AwaitAsync(wait, UpTo)).ConfigureAwait(false);
            if (!isJoined && changed.IsCompleted && run.IsBefore(UpTo)) since = _time.GetTimestamp();
        }

        if (isJoined) _at = subscriber.Cursor;
    }

    /// <summary>Whether the run will not come to where the client is: it has passed it, or stands still.</summary>
    /// <param name="run">The run.</param>
    /// <param name="since">Since when the client waits, or when the run last came nearer.</param>
    private bool HasToRead(MergedRun run, long since)
    {
        var isBefore = run.IsBefore(UpTo);
        // A page brings a client further that the run has passed. One whose last page had nothing would read in vain.
        if (!isBefore && !_foundNothing) return true;
        if (_time.GetElapsedTime(since) < (isBefore ? LongestJoin : JoinTimeout)) return false;
        _avoided = run;
        return true;
    }

    private LogBlock<SystemLogEntry> Heartbeat(string cursor)
    {
        _lastItem = _time.GetTimestamp();
        return new LogBlock<SystemLogEntry>(cursor, cursor, [new LogHeartbeat<SystemLogEntry>(cursor)], 0);
    }

    /// <summary>Waits until there may be more, or a heartbeat is due, or the time is up.</summary>
    private async Task WaitAsync(Task changed, long? joinsSince, CancellationToken cancellationToken)
    {
        var wait = HeartbeatInterval - _time.GetElapsedTime(_lastItem);
        if (joinsSince is { } since && JoinTimeout - _time.GetElapsedTime(since) is var left && left < wait) wait = left;
        if (request.Query.Until - (_time.GetUtcNow() - LineMerger.Hold) is { } rest && rest < wait) wait = rest;
        if (wait <= TimeSpan.Zero) return;
        await changed.WaitAsync(wait, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private List<LogItem<SystemLogEntry>> WithoutSkipped(IReadOnlyList<LogItem<SystemLogEntry>> items)
    {
        var rest = new List<LogItem<SystemLogEntry>>(items.Count);
        foreach (var item in items)
        {
            if (Skip > 0 && item is SystemLogEntry) Skip--;
            else rest.Add(item);
        }

        return rest;
    }
}
