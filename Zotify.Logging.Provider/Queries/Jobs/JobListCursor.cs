using System.Text;

namespace Zotify.Logging.Queries;

/// <summary>The cursor right after a job in the list.</summary>
/// <param name="FirstAt">The time of its first entry, in UTC.</param>
/// <param name="JobId">The job.</param>
internal readonly record struct JobListCursor(DateTime FirstAt, string JobId)
{
    private const char Kind = 'L';

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The opaque text of this cursor.</summary>
    public string Encode() => OpaqueCursor.Encode(Kind, FirstAt.Ticks, Utf8.GetBytes(JobId));

    /// <summary>Reads a cursor.</summary>
    /// <exception cref="InvalidCursorException">The text is no such cursor.</exception>
    public static JobListCursor Decode(string text)
    {
        if (!OpaqueCursor.TryDecode(text, Kind, out var ticks, out var job)
            || ticks < DateTime.MinValue.Ticks
            || ticks > DateTime.MaxValue.Ticks)
            throw new InvalidCursorException(nameof(JobListQuery.Cursor));
        try
        {
            return new JobListCursor(new DateTime(ticks, DateTimeKind.Utc), Utf8.GetString(job));
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidCursorException(nameof(JobListQuery.Cursor));
        }
    }
}
