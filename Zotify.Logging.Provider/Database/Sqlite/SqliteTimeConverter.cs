using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>Times in UTC as <c>2026-11-23T15:06:10.1234567Z</c>: always seven digits, so that texts sort as times do.</summary>
internal sealed class SqliteTimeConverter() : ValueConverter<DateTime, string>(time => ToText(time), text => FromText(text))
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The text of a time in UTC.</summary>
    public static string ToText(DateTime time) => time.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The time in UTC of a text.</summary>
    public static DateTime FromText(string text) =>
        DateTime.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
