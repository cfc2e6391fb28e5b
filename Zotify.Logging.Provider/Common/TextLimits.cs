using System.Globalization;
using System.Text;

namespace Zotify.Logging.Common;

/// <summary>Makes any text writable: limits its length and replaces lone surrogates, which UTF-8 cannot encode.</summary>
internal static class TextLimits
{
    /// <summary>The longest text in a record, in UTF-16 code units.</summary>
    public const int MaxLength = 32_768;

    /// <summary>The text, cut and cleaned. Nearly always it needs no change and is returned itself.</summary>
    public static string Clean(string text)
    {
        if (text.Length > MaxLength)
        {
            // Do not split a surrogate pair.
            var end = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
            text = string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… [cut, {text.Length} characters]");
        }

        return HasLoneSurrogate(text) ? ReplaceLoneSurrogates(text) : text;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }

    private static string ReplaceLoneSurrogates(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) clean.Append(rune); // A lone surrogate enumerates as U+FFFD.
        return clean.ToString();
    }
}
