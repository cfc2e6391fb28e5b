using System.Buffers;
using System.Globalization;

namespace Zotify.Logging.Formats;

/// <summary>The text of a time in every file: <c>2026-11-23T15:06:10.1234567Z</c>, in UTC with seven digits.</summary>
internal static class UtcText
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The length of every such text. Because it is fixed, times sort as text.</summary>
    public const int Length = 28;

    /// <summary>Writes a time in UTF-8. The output must have room for <see cref="Length"/> bytes.</summary>
    public static void Write(DateTimeOffset time, Span<byte> output) =>
        time.UtcDateTime.TryFormat(output, out _, "O", CultureInfo.InvariantCulture);

    /// <summary>Appends a time in UTF-8.</summary>
    public static void Write(DateTimeOffset time, IBufferWriter<byte> output)
    {
        Write(time, output.GetSpan(Length));
        output.Advance(Length);
    }

    /// <summary>Reads a time as <see cref="Write(DateTimeOffset, Span{byte})"/> writes it; false for any other text.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
