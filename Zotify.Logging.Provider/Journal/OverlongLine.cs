using System.Globalization;
using System.Text;

namespace Zotify.Logging.Journal;

/// <summary>
/// Replaces a line that is longer than any that the library writes by a short text. The text is no line of a journal, so that readers skip
/// it and verification reports it.
/// </summary>
internal static class OverlongLine
{
    /// <summary>
    /// The longest line that is read into memory, in bytes. The library writes no line as long: a record has at most 128 properties and 128
    /// values of scopes, each name and each value up to 32,768 characters, of up to 6 bytes each.
    /// </summary>
    public const int Limit = 128 * 1024 * 1024;

    /// <summary>The text that replaces a line of this length, in bytes.</summary>
    public static byte[] Text(long length) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"a line of {length} bytes, which is too long to be read"));
}
