using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Configuration;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>The system log of another instance, read from its endpoints.</summary>
internal sealed class RemoteSource : ILineSource, IDisposable
{
    /// <summary>The other instance sends a heartbeat every second.</summary>
    private static readonly TimeSpan SilenceWhileFollowing = TimeSpan.FromSeconds(10);

    /// <summary>It may read a whole log in which nothing matches.</summary>
    private static readonly TimeSpan SilenceWhileSearching = TimeSpan.FromMinutes(1);

    /// <summary>No line of the system log is as long in JSON.</summary>
    private const int MaxLine = 16 * 1024 * 1024;

    private readonly RemoteConnection _connection;
    private readonly TimeProvider _time;

    /// <param name="source">Where it is.</param>
    /// <param name="time">The clock of the timeouts.</param>
    public RemoteSource(MergedSource source, TimeProvider time)
    {
        (Name, _time) = (source.Name, time);
        _connection = new RemoteConnection(source, time);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    // Every instance gives positions of this form for its own log. One that it would refuse must not make it away for all.
    public void Check(string cursor, string property)
    {
        if (!SystemLogCursor.TryParse(cursor, out _)) throw new InvalidCursorException(property);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadAsync(
        SystemLogQuery query, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var silence = query.Follow ? SilenceWhileFollowing : SilenceWhileSearching;
        using var answer = await _connection
            .GetAsync($"system/stream{RemoteQuery.OfStream(query, limit)}", ServerSentEvents.MediaType, cancellationToken)
            .ConfigureAwait(false);
        if (BehindOf(answer) is > 0 and var behind) yield return LogSubscription<SystemLogEntry>.Opened(behind);
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        // Closing the answer closes the body, so the reader leaves it open.
        var reader = PipeReader.Create(body, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            var events = new RemoteEvents();
            bool hasMore;
            do
            {
                hasMore = await FillAsync(reader, events, silence, cancellationToken).ConfigureAwait(false);
                foreach (var block in events.Drain()) yield return block;
            }
            while (hasMore);
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<SystemLogHistogram> CountAsync(SystemLogQuery query, TimeSpan? interval, CancellationToken cancellationToken)
    {
        var text = interval is { } given ? RemoteHistogram.TextOf(given) : null;
        var path = $"system/histogram{RemoteQuery.OfHistogram(query, text)}";
        using var answer = await _connection.GetAsync(path, "application/json", cancellationToken, SilenceWhileSearching)
            .ConfigureAwait(false);
        try
        {
            var json = await answer.Content.ReadAsByteArrayAsync(cancellationToken)
                .WaitAsync(SilenceWhileSearching, _time, cancellationToken).ConfigureAwait(false);
            return RemoteHistogram.Parse(json, interval);
        }
        catch (Exception exception) when (IsBroken(exception) || exception is TimeoutException)
        {
            throw new SourceAwayException("its answer broke off", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Reads some events. Returns false at the end of the answer.</summary>
    private async ValueTask<bool> FillAsync(
        PipeReader reader, RemoteEvents events, TimeSpan silence, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(silence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var read = await reader.ReadAsync(either.Token).ConfigureAwait(false);
            var rest = TakeLines(read.Buffer, events);
            var length = rest.Length;
            reader.AdvanceTo(rest.Start, rest.End);
            return length <= MaxLine ? !read.IsCompleted : throw new SourceAwayException("it sends a line that is too long");
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceAwayException("it is silent", exception);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw new SourceAwayException("its answer broke off", exception);
        }
    }

    private static long BehindOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(LongAnswer.BehindHeader, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var behind)
            ? behind
            : 0;

    private static ReadOnlySequence<byte> TakeLines(ReadOnlySequence<byte> buffer, RemoteEvents events)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n')) events.Take(line);
        return reader.UnreadSequence;
    }

    // JSON that cannot be read, or lacks what it must have, is of another program.
    private static bool IsBroken(Exception exception) =>
        exception is IOException or HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException;
}
