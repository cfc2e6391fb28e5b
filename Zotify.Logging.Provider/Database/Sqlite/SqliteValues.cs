using System.Globalization;

namespace Zotify.Logging.Database;

/// <summary>How times and UUIDs stand in SQLite, which knows neither: as texts of one length that sort as they should.</summary>
internal static class SqliteValues
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>A time in UTC as <c>2026-11-23T15:06:10.1234567Z</c>: always seven digits, so that texts sort as times do.</summary>
    public static string OfTime(DateTime time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The time in UTC of a text.</summary>
    public static DateTime ToTime(string text) =>
        DateTime.ParseExact(
            text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>A UUID as 36 lower-case characters: as they stand in the files, and sorting by time where they are of version 7.</summary>
    public static string OfId(Guid id) => id.ToString("D");

    /// <summary>The UUID of a text.</summary>
    public static Guid ToId(string text) => Guid.ParseExact(text, "D");
}
