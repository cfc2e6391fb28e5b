using System.Buffers;
using System.Globalization;
using System.Text;

namespace Zotify.Logging.Provider.Handlers.System;

/// <summary>
/// Writes values so that none of them can end a line, start one, or reach a terminal: control characters and line
/// separators are escaped. Backslashes stay as they are; nothing can be forged with them.
/// </summary>
internal static class LineEscaper
{
    private static readonly SearchValues<char> InText = SearchValues.Create(Unsafe(char.IsControl));
    private static readonly SearchValues<char> InNames = SearchValues.Create(Unsafe(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '[' or ']'));

    /// <summary>Writes a message or a line of an exception.</summary>
    public static void WriteText(IBufferWriter<byte> output, ReadOnlySpan<char> value) => Write(output, value, InText);

    /// <summary>Writes a category or an event's name: white space and brackets separate, so they are escaped too.</summary>
    public static void WriteName(IBufferWriter<byte> output, ReadOnlySpan<char> value) => Write(output, value, InNames);

    private static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> value, SearchValues<char> escaped)
    {
        while (true)
        {
            var at = value.IndexOfAny(escaped);
            // A lone surrogate becomes U+FFFD here. Surrogates are never escaped, so no pair is torn.
            Encoding.UTF8.GetBytes(at < 0 ? value : value[..at], output);
            if (at < 0) return;
            Encoding.UTF8.GetBytes(Escape(value[at]), output);
            value = value[(at + 1)..];
        }
    }

    private static string Escape(char c) => c switch
    {
        '\r' => "\\r",
        '\n' => "\\n",
        '\t' => "\\t",
        <= '\u00ff' and not '\u0085' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    private static string Unsafe(Func<char, bool> also) =>
        string.Concat(Enumerable.Range(0, 0x10000).Select(i => (char)i).Where(c => also(c) || c is '\u2028' or '\u2029'));
}
