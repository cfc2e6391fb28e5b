using System.Globalization;

namespace Zotify.Logging.Queries;

/// <summary>
/// A place in the system log, between two entries. A file is known by its first line, not by its name, so that a position
/// survives renaming.
/// </summary>
/// <param name="File">The file's <see cref="SystemLogFile.Identity"/>.</param>
/// <param name="Offset">The offset in bytes, right after an entry.</param>
internal readonly record struct SystemLogCursor(string File, long Offset)
{
    /// <summary>Before the first line of a log that has none yet.</summary>
    public static readonly SystemLogCursor Start = new(new string('0', SystemLogFile.IdentityLength), 0);

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}.{Offset}");

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else is refused.</summary>
    public static bool TryParse(string text, out SystemLogCursor position)
    {
        position = default;
        if (text.Length <= SystemLogFile.IdentityLength + 1 || text[SystemLogFile.IdentityLength] != '.') return false;
        var file = text[..SystemLogFile.IdentityLength];
        if (!file.All(char.IsAsciiHexDigitLower)) return false;
        if (!long.TryParse(text.AsSpan(SystemLogFile.IdentityLength + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return false;
        position = new SystemLogCursor(file, offset);
        return position.ToString() == text;
    }
}
