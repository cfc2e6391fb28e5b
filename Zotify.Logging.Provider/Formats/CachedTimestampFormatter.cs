using System.Buffers;

namespace Zotify.Logging.Formats;

/// <summary>Writes timestamps. Caches the text of a second, because many come within one. Used by one thread at a time.</summary>
internal sealed class CachedTimestampFormatter
{
    private const int FractionDigits = 7;

    private readonly ArrayBufferWriter<byte> _text = new(UtcText.Length);
    private long _second = -1;

    /// <summary>Appends the same text as <see cref="UtcText"/>.</summary>
    public void Write(DateTimeOffset time, IBufferWriter<byte> output)
    {
        var (second, fraction) = Math.DivRem(time.UtcTicks, TimeSpan.TicksPerSecond);
        if (second != _second)
        {
            _text.ResetWrittenCount();
            UtcText.Write(time, _text);
            _second = second;
        }

        var line = output.GetSpan(UtcText.Length);
        _text.WrittenSpan.CopyTo(line);
        // The last digit is before the Z.
        var digit = UtcText.Length - 2;
        for (var i = 0; i < FractionDigits; i++, fraction /= 10) line[digit - i] = (byte)('0' + (fraction % 10));
        output.Advance(UtcText.Length);
    }
}
