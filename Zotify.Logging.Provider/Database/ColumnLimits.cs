namespace Zotify.Logging.Provider.Database;

/// <summary>The lengths of the columns, in UTF-16 code units; indexes of SQL Server set the bounds.</summary>
internal static class ColumnLimits
{
    public const int Instance = 64;
    public const int Name = 128;
    public const int Category = 256;

    /// <summary>The text as far as it fits, not through the middle of a surrogate pair.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
