using System.Globalization;

namespace Zotify.Logging.Queries;

/// <summary>
/// A cursor of the system log, between two entries. It identifies a file by its first line, not by its name, so that it survives renaming.
/// </summary>
/// <param name="File">The file's <see cref="SystemLogFile.Identity"/>.</param>
/// <param name="Offset">The offset in bytes, right after an entry.</param>
internal readonly record struct SystemLogCursor(string File, long Offset)
{
    /// <summary>The start of a log that has no line yet.</summary>
    public static readonly SystemLogCursor Start = new(new string('0', SystemLogFile.IdentityLength), 0);

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}.{Offset}");

    /// <summary>Reads a text of <see cref="ToString"/>. Returns false for any other.</summary>
    public static bool TryParse(string text, out SystemLogCursor cursor)
    {
        cursor = default;
        if (text.Length <= SystemLogFile.IdentityLength + 1 || text[SystemLogFile.IdentityLength] != '.') return false;
        var file = text[..SystemLogFile.IdentityLength];
        if (!file.All(char.IsAsciiHexDigitLower)) return false;
        var number = text.AsSpan(SystemLogFile.IdentityLength + 1);
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return false;
        cursor = new SystemLogCursor(file, offset);
        return cursor.ToString() == text;
    }
}
