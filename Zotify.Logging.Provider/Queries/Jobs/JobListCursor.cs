using System.Text;

namespace Zotify.Logging.Queries;

/// <summary>The cursor right after a job in the list.</summary>
/// <param name="Order">The order of the list.</param>
/// <param name="At">
/// The time of its first entry, or when it ended, in UTC; <see langword="null"/> where it has not ended.
/// </param>
/// <param name="JobId">The job.</param>
internal readonly record struct JobListCursor(JobListOrder Order, DateTime? At, string JobId)
{
    private const char OfBegan = 'L';
    private const char OfEnded = 'E';

    /// <summary>No time has this many ticks.</summary>
    private const long NotEnded = -1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The cursor right after a job.</summary>
    public static JobListCursor Of(JobRow job, JobListOrder order) =>
        new(order, order == JobListOrder.Ended ? job.EndedAt : job.FirstAt, job.JobId);

    /// <summary>The opaque text of this cursor.</summary>
    public string Encode() => OpaqueCursor.Encode(KindOf(Order), At?.Ticks ?? NotEnded, Utf8.GetBytes(JobId));

    /// <summary>Reads a cursor.</summary>
    /// <exception cref="InvalidCursorException">The text is no such cursor, or one of the other order.</exception>
    public static JobListCursor Decode(string text, JobListOrder order)
    {
        var isCursor = OpaqueCursor.TryDecode(text, KindOf(order), out var ticks, out var job);
        var hasEnded = ticks != NotEnded || order == JobListOrder.Began;
        if (!isCursor || (hasEnded && (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)))
            throw new InvalidCursorException(nameof(JobListQuery.Cursor));
        try
        {
            return new JobListCursor(order, hasEnded ? new DateTime(ticks, DateTimeKind.Utc) : null, Utf8.GetString(job));
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidCursorException(nameof(JobListQuery.Cursor));
        }
    }

    private static char KindOf(JobListOrder order) => order == JobListOrder.Ended ? OfEnded : OfBegan;
}
