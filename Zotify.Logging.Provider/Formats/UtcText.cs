using System.Buffers;
using System.Globalization;

namespace Zotify.Logging.Formats;

/// <summary>The text of a time as every file has it: <c>2026-11-23T15:06:10.1234567Z</c>, in UTC with seven digits.</summary>
internal static class UtcText
{
    /// <summary>Its length. All of this length, times sort as text.</summary>
    public const int Length = 28;

    /// <summary>Writes it, in UTF-8, to where there is room for <see cref="Length"/> bytes.</summary>
    public static void Write(DateTimeOffset time, Span<byte> output) => time.UtcDateTime.TryFormat(output, out _, "O", CultureInfo.InvariantCulture);

    /// <summary>Appends it, in UTF-8.</summary>
    public static void Write(DateTimeOffset time, IBufferWriter<byte> output)
    {
        Write(time, output.GetSpan(Length));
        output.Advance(Length);
    }
}
