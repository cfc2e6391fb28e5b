using System.Buffers;
using System.Text;

namespace Zotify.Logging.Capture;

/// <summary>
/// Removes redacted values from the query strings of URLs in a text: <c>/files?api_key=…&amp;page=2</c>. ASP.NET Core logs each request
/// with its whole address, and the secret in it has no name of its own among the values that were logged.
/// </summary>
internal static class QueryStringRedaction
{
    private static readonly SearchValues<char> EndOfName = SearchValues.Create("=&?# \t\r\n\"'<>(){}");
    private static readonly SearchValues<char> EndOfValue = SearchValues.Create("&?# \t\r\n\"'<>(){}");

    /// <summary>The text without the values; mostly it has none, and is returned itself.</summary>
    public static string Apply(string text, Redactor redactor) =>
        text.Contains('?', StringComparison.Ordinal) && text.Contains('=', StringComparison.Ordinal) ? Replace(text, redactor) : text;

    private static string Replace(string text, Redactor redactor)
    {
        StringBuilder? clean = null;
        var copied = 0;
        for (var at = text.IndexOf('?', StringComparison.Ordinal); at >= 0;)
        {
            var name = text.AsSpan(at + 1);
            var length = name.IndexOfAny(EndOfName);
            if (length > 0 && name[length] == '=')
            {
                var value = name[(length + 1)..];
                var start = text.Length - value.Length;
                var end = value.IndexOfAny(EndOfValue) is >= 0 and var found ? start + found : text.Length;
                if (end > start && redactor.HidesOnce(Uri.UnescapeDataString(name[..length])))
                {
                    clean = (clean ?? new StringBuilder(text.Length)).Append(text, copied, start - copied).Append(Redactor.Mark);
                    copied = end;
                }

                at = end - 1;
            }

            // The next name comes after a question mark or an ampersand.
            var next = text.AsSpan(at + 1).IndexOfAny('?', '&');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return clean is null ? text : clean.Append(text, copied, text.Length - copied).ToString();
    }
}
