using CsCheck;

namespace Zotify.Logging.Tests.Fuzz;

/// <summary>Texts that try to break out of a line, a JSON text, a limit or an encoding.</summary>
internal static class Hostile
{
    private static readonly Gen<string> Piece = Gen.Frequency(
        (6, Gen.OneOf(
            "\n", "\r", "\r\n", "\t", " ", "[", "]", "] ", ":", "-", "\\", "\\n", "\"", "'", "{", "}", "{0}", "{a}", "%", "<", "\0",
            "\u001b[2J", "\u007f",
            "\u0085", "\u009b", "\u00a0", "\u2028", "\u2029", "\u202e", "\u200f", "\u3000", "\ufeff", "\ufffd", "\uffff", "\ud83c",
            "\udfb5", "🎵",
            "\n2026-11-23T15:06:10.0000000Z [CRT] - Forged[0] line", "\",\"seq\":1,\"hash\":\"x\"}\n{\"a\":\"", "שלום", "مرحبا", "å",
            "🇩🇪")),
        (3, Gen.Char.Select(c => c.ToString())),
        (3, Gen.Char['a', 'z'].Array[0, 8].Select(letters => new string(letters))));

    /// <summary>Any text; rarely one around the limit of the length, and more rarely one of a megabyte.</summary>
    public static readonly Gen<string> Text = Gen.Frequency(
        (500, Piece.Array[0, 8].Select(string.Concat)),
        (3, Gen.Select(Piece, Gen.Int[-4, 4], (piece, more) => new string('x', 32_768 + more - piece.Length) + piece + "end")),
        (1, Piece.Select(piece => string.Concat(Enumerable.Repeat(piece + "x", 1_048_576 / (piece.Length + 1))))));

    /// <summary>A short text, for names.</summary>
    public static readonly Gen<string> Name = Gen.OneOf(
        Piece.Array[0, 4].Select(string.Concat), Gen.Int[0, 20].Select(number => $"value{number}"));
}
