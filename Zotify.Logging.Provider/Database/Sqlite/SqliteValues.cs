using System.Globalization;

namespace Zotify.Logging.Database;

/// <summary>How times and UUIDs stand in SQLite, which knows neither: as texts of one length that sort as they should.</summary>
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

    /// <summary>A UUID as 36 lower-case characters: as they stand in the files, and sorting by time where they are of version 7.</summary>
    public static string OfId(Guid id) => id.ToString("D");

    /// <summary>The UUID of a text.</summary>
    public static Guid ToId(string text) => Guid.ParseExact(text, "D");
}
