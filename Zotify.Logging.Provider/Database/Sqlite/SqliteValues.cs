using System.Globalization;

namespace Zotify.Logging.Database;

/// <summary>The forms of times and UUIDs in SQLite, which has types for neither: texts of fixed length that sort correctly.</summary>
internal static class SqliteValues
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>A time in UTC as <c>2026-11-23T15:06:10.1234567Z</c>: always seven digits, so that texts sort as times do.</summary>
    public static string OfTime(DateTime time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The time in UTC of a text.</summary>
    public static DateTime ToTime(string text) =>
        DateTime.ParseExact(
            text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>A UUID as 36 lower-case characters, as in the files. UUIDs of version 7 sort by time.</summary>
    public static string OfId(Guid id) => id.ToString("D");

    /// <summary>The UUID of a text.</summary>
    public static Guid ToId(string text) => Guid.ParseExact(text, "D");
}
