using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Formats;

/// <summary>
/// Writes a record as a line of the system log:
/// <code>2026-11-23T15:06:10.1234567Z [INF] 4bf92f3577b34da6a3ce929d0e0e4736 Zotify.Sync[7:Name] Track 5/100 downloaded</code>
/// The lines of its exception follow, each after a tab. Every line ends with <c>\n</c>. Caches the text that many lines share. Used by one
/// thread at a time.
/// </summary>
internal sealed class SystemLineFormat : ISystemLineFormat
{
    /// <summary>
    /// The limit of the cache. Applications have few categories and events; one that generates names must not fill the memory.
    /// </summary>
    private const int MaxSources = 1_024;

    private static readonly byte[][] Levels =
        [.. Enumerable.Range(0, 6).Select(level => Encoding.UTF8.GetBytes($" [{LevelCodes.Of((LogLevel)level)}] "))];

    private readonly CachedTimestampFormatter _timestamps = new();
    private readonly Dictionary<LineSource, byte[]> _sources = [];
    private LineSource _lastSource;
    private byte[] _lastSourceText = [];

    /// <inheritdoc/>
    public void Write(LogRecord record, IBufferWriter<byte> output)
    {
        _timestamps.Write(record.Timestamp, output);
        output.Write(Levels[Math.Clamp((int)record.Level, 0, Levels.Length - 1)]);
        if (string.IsNullOrEmpty(record.TraceId)) output.Write("-"u8);
        else LineEscaper.WriteName(record.TraceId, output);
        output.Write(SourceOf(record));
        LineEscaper.WriteText(record.Message, output);
        output.Write("\n"u8);
        if (!string.IsNullOrEmpty(record.Exception)) WriteException(record.Exception, output);
    }

    /// <summary>Appends the lines of an exception, each after a tab.</summary>
    public static void WriteException(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        foreach (var range in text.Split('\n'))
        {
            var line = text[range];
            // The \r of \r\n belongs to the line's end; any other is part of the text.
            if (line.EndsWith('\r') && range.End.Value < text.Length) line = line[..^1];
            output.Write("\t"u8);
            LineEscaper.WriteText(line, output);
            output.Write("\n"u8);
        }
    }

    /// <summary>Category and event with the spaces around them.</summary>
    private byte[] SourceOf(LogRecord record)
    {
        var source = new LineSource(record.Category, record.EventId.Id, record.EventId.Name);
        if (source.Equals(_lastSource)) return _lastSourceText;
        if (!_sources.TryGetValue(source, out var text))
        {
            text = Encode(source);
            if (_sources.Count < MaxSources) _sources.Add(source, text);
        }

        (_lastSource, _lastSourceText) = (source, text);
        return text;
    }

    private static byte[] Encode(LineSource source)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(" "u8);
        LineEscaper.WriteName(source.Category, output);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{source.EventId}"), output);
        if (!string.IsNullOrEmpty(source.EventName))
        {
            output.Write(":"u8);
            LineEscaper.WriteName(source.EventName, output);
        }

        output.Write("] "u8);
        return output.WrittenSpan.ToArray();
    }
}
