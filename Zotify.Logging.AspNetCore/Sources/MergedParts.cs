using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>What all merged streams share. Thread-safe.</summary>
/// <param name="Sources">The sources; the first one is this process's own log.</param>
/// <param name="Names">The hashes of their names.</param>
/// <param name="Pages">Reads what they have.</param>
/// <param name="Runs">Follows them.</param>
/// <param name="Time">The clock.</param>
internal sealed record MergedParts(
    IReadOnlyList<ILineSource> Sources, uint[] Names, MergedPages Pages, MergedRuns Runs, TimeProvider Time)
{
    /// <summary>A cursor that knows nothing, of now.</summary>
    public MergedCursor Empty() => new(Names) { Time = Time.GetUtcNow() };

    /// <summary>Before the first line of a time in every source; before the oldest one where there is none.</summary>
    public MergedCursor Beginning(DateTimeOffset? since)
    {
        var cursor = Empty();
        for (var i = 0; i < Sources.Count; i++) cursor[i] = since is { } from ? SourcePosition.Of(from) : SourcePosition.Beginning;
        return cursor;
    }

    /// <summary>
    /// Reads a cursor: of this stream, or of this process's own log, which a client may have from before there were sources.
    /// </summary>
    /// <exception cref="InvalidCursorException">It is none.</exception>
    public MergedCursor? Parse(string? text, string property)
    {
        if (text is null) return null;
        if (MergedCursor.TryParse(text, Names) is not { } cursor)
        {
            Sources[0].Check(text, property);
            cursor = new MergedCursor(Names) { Line = 0 };
            cursor[0] = SourcePosition.Of(text);
            return cursor;
        }

        // The clock was ahead when it was given out.
        if (LineTime.IsAhead(cursor.Time, Time.GetUtcNow())) cursor.Time = Time.GetUtcNow();
        for (var i = 0; i < Sources.Count; i++)
        {
            if (cursor[i].Cursor is { } own) Sources[i].Check(own, property);
        }

        return cursor;
    }

    /// <summary>
    /// Completes a cursor that does not know some sources, because they were configured later or filtered out: of these it is where its
    /// own line is in time.
    /// </summary>
    public async Task<MergedCursor?> WithAllAsync(MergedCursor? cursor, CancellationToken cancellationToken)
    {
        if (cursor is null) return null;
        var time = cursor.Time;
        if (time == DateTimeOffset.MinValue)
        {
            // Nothing was given out yet: it is where the own log is, or else now.
            var own = cursor[0].Cursor;
            var now = Time.GetUtcNow();
            time = (own is null ? null : await TimeOfAsync(own, cancellationToken).ConfigureAwait(false)) ?? now;
            if (LineTime.IsAhead(time, now)) time = now;
        }

        for (var i = 0; i < Sources.Count; i++)
        {
            if (cursor[i].IsEnd) cursor[i] = SourcePosition.Of(time);
        }

        return cursor;
    }

    private async Task<DateTimeOffset?> TimeOfAsync(string own, CancellationToken cancellationToken)
    {
        var line = new SystemLogQuery { Follow = false, IsRelayed = true, Through = own, Tail = 1 };
        try
        {
            await foreach (var block in Sources[0].ReadAsync(line, int.MaxValue, cancellationToken).ConfigureAwait(false))
            {
                if (block.Items.OfType<SystemLogEntry>().FirstOrDefault() is { } entry) return entry.Timestamp;
            }
        }
        catch (SourceAwayException)
        {
            // The stream says so.
        }

        return null;
    }
}
