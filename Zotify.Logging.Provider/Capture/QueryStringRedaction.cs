using System.Buffers;
using System.Text;

namespace Zotify.Logging.Capture;

/// <summary>
/// Removes redacted values from the query strings of URLs in a text: <c>/files?api_key=…&amp;page=2</c>. ASP.NET Core logs each request
/// with its whole address, and the secret in it has no name of its own among the values that were logged.
/// </summary>
/// <remarks>
/// Where it is not certain that a value ends, it goes on: to hide too much costs less than to show the end of a secret. Browsers leave
/// brackets, apostrophes and question marks in a value as they are, so none of these ends it.
/// </remarks>
internal static class QueryStringRedaction
{
    /// <summary>How many times an address within an address is unescaped. Deeper ones are hidden as a whole.</summary>
    private const int MaxDepth = 4;

    /// <summary>The ampersand in the JSON of .NET.</summary>
    private const string JsonAmpersand = @"\u0026";

    private static readonly SearchValues<char> EndOfName = SearchValues.Create("=&;?# \t\r\n\"<>");
    private static readonly SearchValues<char> BeforeName = SearchValues.Create(@"?&;\");

    /// <summary>The text without the values; mostly it has none, and is returned itself.</summary>
    public static string Apply(string text, Redactor redactor) => Apply(text, redactor, depth: 0);

    private static string Apply(string text, Redactor redactor, int depth) =>
        text.Contains('?', StringComparison.Ordinal) && text.Contains('=', StringComparison.Ordinal)
            ? Replace(text, redactor, depth)
            : text;

    private static string Replace(string text, Redactor redactor, int depth)
    {
        StringBuilder? clean = null;
        var copied = 0;
        var address = new AddressEnd();
        for (var at = text.IndexOf('?', StringComparison.Ordinal); at >= 0; at = NextName(text, at + 1))
        {
            if (text[at] == '?') address.Read(text, at);
            var name = text.AsSpan(at + 1);
            var length = name.IndexOfAny(EndOfName);
            if (length <= 0 || name[length] != '=') continue;
            var start = at + length + 2;
            // A form writes white space as a plus sign.
            var isHidden = redactor.HidesOnce(Uri.UnescapeDataString(name[..length]).Replace('+', ' '));
            var end = address.Of(text, start, isHidden);
            if (end == start || (isHidden ? Redactor.Mark : Clean(text.AsSpan(start..end), redactor, depth)) is not { } value) continue;
            clean = (clean ?? new StringBuilder(text.Length)).Append(text, copied, start - copied).Append(value);
            copied = end;
            at = end - 1;
        }

        return clean is null ? text : clean.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The last character before the next name; -1 where there is none.</summary>
    private static int NextName(string text, int from)
    {
        while (text.AsSpan(from).IndexOfAny(BeforeName) is >= 0 and var found)
        {
            from += found;
            if (text[from] != '\\') return from;
            if (text.AsSpan(from).StartsWith(JsonAmpersand, StringComparison.OrdinalIgnoreCase)) return from + JsonAmpersand.Length - 1;
            from++;
        }

        return -1;
    }

    /// <summary>
    /// What to show for a value that may be an address with a query string of its own, such as the one to return to after a sign-in;
    /// <see langword="null"/> for itself.
    /// </summary>
    private static string? Clean(ReadOnlySpan<char> value, Redactor redactor, int depth)
    {
        if (!value.Contains('%')) return null;
        var unescaped = Uri.UnescapeDataString(value);
        if (depth == MaxDepth) return unescaped.Contains('?', StringComparison.Ordinal) ? Redactor.Mark : null;
        var clean = Apply(unescaped, redactor, depth + 1);
        return ReferenceEquals(clean, unescaped)
            ? null
            : Uri.EscapeDataString(clean).Replace(Uri.EscapeDataString(Redactor.Mark), Redactor.Mark, StringComparison.Ordinal);
    }
}
