using Zotify.Logging.Common;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Follows a source for as long as somebody wants it: what breaks off goes on where it was. Used by one thread at a time.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="start">Where to begin.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="feed">Where the lines go.</param>
internal sealed class SourceFollower(ILineSource source, SourcePosition start, TimeProvider time, RunFeed feed)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private SourcePosition _position = start;
    private bool _wasThere;
    private int _failures;

    /// <summary>Follows until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var reason = await ReadAsync(cancellationToken).ConfigureAwait(false);
                _failures++;
                // A connection that breaks off and is made again at once is nothing that a user has to know.
                if (_failures > 1 || !_wasThere) feed.Leave(reason);
                var pause = RetrySchedule.After(_failures);
                await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The last subscriber has left.
        }
    }

    /// <summary>Reads until the source is away. Returns why.</summary>
    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var block in source.ReadAsync(Query(), int.MaxValue, cancellationToken).ConfigureAwait(false))
            {
                _wasThere = true;
                // The first block comes from every source that accepts the request. What follows shows that it works.
                if (block.Items.Count > 0) _failures = 0;
                await feed.AddAsync(block).ConfigureAwait(false);
                if (block.End.Length > 0) _position = SourcePosition.Of(block.End);
            }

            return "it ended the stream";
        }
        catch (SourceAwayException exception)
        {
            return exception.Message;
        }
        catch (InvalidCursorException)
        {
            return "it does not know the position to go on from";
        }
#pragma warning disable CA1031
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            // Whatever it is, the other sources go on, and this one is asked again.
            return "it cannot be read";
        }
    }

    private SystemLogQuery Query() => new()
    {
        IsRelayed = true,
        After = _position.Cursor,
        Since = _position.Since,
        Tail = _position.IsEnd ? 0 : null,
    };
}
