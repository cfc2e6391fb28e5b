using System.Globalization;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>How times and ids stand in SQLite, which has no types for them: as in the files, and so that they sort.</summary>
internal static class SqliteText
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>UTC with a fixed seven digits.</summary>
    public static string Of(DateTime time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Of(DateTime)"/> wrote.</summary>
    public static DateTime Time(string text) =>
        DateTime.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>Lower case with dashes.</summary>
    public static string Of(Guid id) => id.ToString("D");
}
