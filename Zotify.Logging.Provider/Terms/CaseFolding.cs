using System.Text;

namespace Zotify.Logging.Terms;

/// <summary>
/// Folds the case of texts, so that two texts that differ only by case become equal: for the letters of every language, and alike on every
/// machine. A folded text has the length of the text, so a part of a text stays a part of it: <c>STRASSE</c> and <c>Straße</c> stay
/// different. Thread-safe.
/// </summary>
internal static class CaseFolding
{
    /// <summary>The folded text.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (folded, text) =>
    {
        text.CopyTo(folded);
        Fold(folded);
    });

    /// <summary>Folds a text where it is.</summary>
    public static void Fold(Span<char> text)
    {
        for (var at = 0; at < text.Length;)
        {
            // Nearly all letters of a log are ASCII.
            Ascii.ToLowerInPlace(text[at..], out var count);
            for (at += count; at < text.Length && !char.IsAscii(text[at]); at++)
            {
                var letter = text[at];
                if (!char.IsLowSurrogate(letter)) text[at] = CaseTable.Fold(letter);
                else if (at > 0 && char.IsHighSurrogate(text[at - 1])) text[at] = CaseTable.FoldLow(text[at - 1], letter);
            }
        }
    }
}
