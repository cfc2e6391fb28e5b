namespace Zotify.Logging.Database;

/// <summary>
/// The codes of the index of the texts. Each three characters of a folded text have a code; texts that contain a phrase have all of its
/// codes. A value of a column has a code, too. Different ones may share a code, so whoever finds a row by codes compares it.
/// </summary>
internal static class TextGrams
{
    /// <summary>How many characters a code stands for. The index cannot find a shorter phrase.</summary>
    public const int Length = 3;

    // Codes of ASCII have 21 bits, and are all different. The codes of other characters are above them.
    private const int AsciiBits = 7;
    private const int AsciiEnd = 1 << AsciiBits;
    private const uint Others = 1u << 30;
    private const uint Values = 1u << 31;

    /// <summary>
    /// The code of blocks that count as having every code. It is the last of a run, and has a page of its own. A value that happens to have
    /// it makes a search compare a few rows more.
    /// </summary>
    public const uint Every = uint.MaxValue;

    /// <summary>The code of three characters.</summary>
    public static uint Of(char first, char second, char third)
    {
        if ((first | second | third) < AsciiEnd) return ((uint)first << (2 * AsciiBits)) | ((uint)second << AsciiBits) | third;
        var all = ((ulong)first << 32) | ((ulong)second << 16) | third;
        // Fibonacci hashing: multiplying spreads similar characters, and the highest bits are mixed best.
        return Others | (uint)((all * 0x9E37_79B9_7F4A_7C15) >> 34);
    }

    /// <summary>The code of a value of a column, by which rows with that value are found, in its case and as a whole.</summary>
    public static uint OfValue(string column, string value)
    {
        // FNV-1a: the same on every machine, because it is stored.
        var hash = 0xCBF2_9CE4_8422_2325;
        foreach (var letter in column) hash = (hash ^ letter) * 0x100_0000_01B3;
        hash = (hash ^ char.MaxValue) * 0x100_0000_01B3;
        foreach (var letter in value) hash = (hash ^ letter) * 0x100_0000_01B3;
        return Values | (uint)(hash >> 33);
    }

    /// <summary>
    /// The first codes of a folded phrase, each once. Codes that do not overlap come first: neighbours are mostly in the same texts, so
    /// that they tell little more.
    /// </summary>
    /// <param name="phrase">The phrase.</param>
    /// <param name="most">The most codes.</param>
    public static uint[] Of(string phrase, int most = int.MaxValue)
    {
        var grams = new uint[Math.Clamp(phrase.Length - Length + 1, 0, most)];
        var count = 0;
        for (var first = 0; first < Length; first++)
        {
            for (var start = first; start + Length <= phrase.Length && count < grams.Length; start += Length)
            {
                var gram = Of(phrase[start], phrase[start + 1], phrase[start + 2]);
                var before = 0;
                while (before < count && grams[before] != gram) before++;
                grams[before] = gram;
                count = Math.Max(count, before + 1);
            }
        }

        Array.Resize(ref grams, count);
        return grams;
    }
}
