using System.Buffers;
using System.Globalization;
using System.Text;

namespace Zotify.Logging.Formats;

/// <summary>
/// Writes values so that none can forge a line. Control characters and everything that some viewer treats as the end of a line become
/// visible escapes; lone surrogates become U+FFFD. A backslash is not escaped: paths are common, and nobody needs to undo the escapes.
/// </summary>
internal static class LineEscaper
{
    private static readonly char[] EndingLines =
        [.. Enumerable.Range(0, 0x10000).Select(i => (char)i).Where(c => char.IsControl(c) || c is '\u2028' or '\u2029')];

    private static readonly SearchValues<char> InText = SearchValues.Create(EndingLines);

    private static readonly SearchValues<char> InNames = SearchValues.Create(
        [.. EndingLines, .. Enumerable.Range(0, 0x10000).Select(i => (char)i).Where(char.IsWhiteSpace), '[', ']']);

    /// <summary>Writes a message, or a line of an exception.</summary>
    public static void WriteText(ReadOnlySpan<char> text, IBufferWriter<byte> output) => Write(text, InText, output);

    /// <summary>Writes a name. Also escapes white space and brackets, because they delimit the parts of a line.</summary>
    public static void WriteName(ReadOnlySpan<char> name, IBufferWriter<byte> output) => Write(name, InNames, output);

    /// <summary>A name as <see cref="WriteName"/> writes it.</summary>
    public static string Name(string name)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteName(name, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Write(ReadOnlySpan<char> text, SearchValues<char> special, IBufferWriter<byte> output)
    {
        // Nearly all texts are printable ASCII: one search, one pass.
        if (special == InText && text.IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            Ascii.FromUtf16(text, output.GetSpan(text.Length), out var written);
            output.Advance(written);
            return;
        }

        int i;
        while ((i = text.IndexOfAny(special)) >= 0)
        {
            Encoding.UTF8.GetBytes(text[..i], output);
            WriteEscape(text[i], output);
            text = text[(i + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
    }

    private static void WriteEscape(char c, IBufferWriter<byte> output)
    {
        var escape = c switch
        {
            '\r' => @"\r",
            '\n' => @"\n",
            '\t' => @"\t",
            '\u0085' or > '\u00ff' => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
            _ => string.Create(CultureInfo.InvariantCulture, $@"\x{(int)c:x2}"),
        };
        Encoding.UTF8.GetBytes(escape, output);
    }
}
