using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Reads one source's part of a page, an item at a time. Used by one thread at a time.</summary>
internal sealed class SourceReading : IAsyncDisposable
{
    private readonly IAsyncEnumerator<LogBlock<SystemLogEntry>> _blocks;
    private readonly int _limit;
    private readonly TimeProvider _time;
    private LogBlock<SystemLogEntry>? _block;
    private int _next;
    private int _read;
    private bool _hasEnded;

    /// <param name="source">The source.</param>
    /// <param name="query">What to read.</param>
    /// <param name="limit">The most lines.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public SourceReading(ILineSource source, SystemLogQuery query, int limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _time = time;
        _blocks = source.ReadAsync(query, limit, cancellationToken).GetAsyncEnumerator(cancellationToken);
        _limit = limit;
    }

    /// <summary>The next item; <see langword="null"/> where there is none.</summary>
    public LogItem<SystemLogEntry>? Next => _block is not null && _next < _block.Items.Count ? _block.Items[_next] : null;

    /// <summary>The time of the next item; that of the one before it where it has none, or one that is ahead.</summary>
    public DateTimeOffset Time { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The cursor before the first item; <see langword="null"/> until it is known.</summary>
    public string? Start { get; private set; }

    /// <summary>The cursor after everything that was read, once there is no next item; <see langword="null"/> where it is not
    /// known.</summary>
    public string? End { get; private set; }

    /// <summary>
    /// The cursor before the next item, after everything that was left out before it; <see langword="null"/> where it is not known.
    /// </summary>
    public string? Skipped => Next is not null && _next == 0 && _block!.Start.Length > 0 ? _block.Start : null;

    /// <summary>Whether there may be more than the limit let through.</summary>
    public bool IsCut => _read >= _limit;

    /// <summary>Why the source cannot be read; <see langword="null"/> where it can.</summary>
    public string? Away { get; private set; }

    /// <summary>Makes sure that <see cref="Next"/> is there. Returns false where there is none.</summary>
    [MemberNotNullWhen(true, nameof(Next))]
    public async ValueTask<bool> HasNextAsync()
    {
        try
        {
            while (Next is null && !_hasEnded)
            {
                _hasEnded = !await _blocks.MoveNextAsync().ConfigureAwait(false);
                if (_hasEnded) break;
                (_block, _next) = (_blocks.Current, 0);
                if (_block.End.Length > 0) (Start, End) = (Start ?? _block.End, _block.End);
            }
        }
        catch (SourceAwayException exception)
        {
            (Away, _hasEnded, _block) = (exception.Message, true, null);
        }

        Time = LineTime.Of(Next as SystemLogEntry, Time, _time.GetUtcNow());
        return Next is not null;
    }

    /// <summary>Goes on to the next item.</summary>
    public LogItem<SystemLogEntry> Take()
    {
        var item = Next!;
        if (item is SystemLogEntry) _read++;
        _next++;
        return item;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _blocks.DisposeAsync();
}
