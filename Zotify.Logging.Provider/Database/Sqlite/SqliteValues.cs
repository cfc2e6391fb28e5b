using System.Globalization;

namespace Zotify.Logging.Database;

/// <summary>The forms of times and UUIDs in SQLite, which has types for neither: texts of fixed length that sort correctly.</summary>
internal static class SqliteValues
{
    // The runtime has a shortcut for it: other formats, and styles, take several times as long.
    private const string RoundTrip = "O";

    /// <summary>A time in UTC as <c>2026-11-23T15:06:10.1234567Z</c>: always seven digits, so that texts sort as times do.</summary>
    public static string OfTime(DateTime time) =>
        DateTime.SpecifyKind(time, DateTimeKind.Utc).ToString(RoundTrip, CultureInfo.InvariantCulture);

    /// <summary>The time in UTC of a text.</summary>
    /// <exception cref="FormatException">The text is not as <see cref="OfTime"/> writes it.</exception>
    public static DateTime ToTime(string text) => text.EndsWith('Z')
        ? DateTimeOffset.ParseExact(text, RoundTrip, CultureInfo.InvariantCulture).UtcDateTime
        : throw new FormatException($"'{text}' does not end with Z, as times in UTC do.");

    /// <summary>A UUID as 36 lower-case characters, as in the files. UUIDs of version 7 sort by time.</summary>
    public static string OfId(Guid id) => id.ToString("D");

    /// <summary>The UUID of a text.</summary>
    public static Guid ToId(string text) => Guid.ParseExact(text, "D");
}
