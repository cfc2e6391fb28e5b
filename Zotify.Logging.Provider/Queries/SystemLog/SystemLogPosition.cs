using System.Globalization;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>A place in the system log: the hash of its file's first line, so that it survives renaming, and an offset in bytes.</summary>
/// <param name="File">16 hex digits; zeros where there was no line yet.</param>
/// <param name="Offset">Right after an entry.</param>
internal readonly record struct SystemLogPosition(string File, long Offset)
{
    private const int HashDigits = 16;

    /// <summary>Before the first line of all.</summary>
    public static SystemLogPosition Start { get; } = new(new string('0', HashDigits), 0);

    /// <summary>Reads a position.</summary>
    /// <exception cref="InvalidPositionException">It is none.</exception>
    public static SystemLogPosition Parse(string text, string parameter) =>
        text.Split('-') is [{ Length: HashDigits } file, var offset]
        && file.All(char.IsAsciiHexDigitLower)
        && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? new SystemLogPosition(file, at)
            : throw new InvalidPositionException(parameter);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}-{Offset}");
}
