namespace Zotify.Logging.Records;

/// <summary>
/// Makes texts fit their columns, so that the database refuses no record for a value. Fits written and searched texts alike.
/// </summary>
internal static class ColumnText
{
    /// <summary>The value with U+FFFD for every NUL, because a NUL ends a text in much of SQLite.</summary>
    public static string Fit(string value) => value.Replace('\0', '\uFFFD');

    /// <summary>The value, fitted and cut to <paramref name="length"/> UTF-16 characters.</summary>
    public static string Fit(string value, int length) => Fit(Cut(value, length));

    /// <summary>The first <paramref name="length"/> UTF-16 characters, or one less where that would split a surrogate pair.</summary>
    private static string Cut(string value, int length)
    {
        if (value.Length <= length) return value;
        return value[..(char.IsHighSurrogate(value[length - 1]) ? length - 1 : length)];
    }
}
