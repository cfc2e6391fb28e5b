using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Zotify.Logging.Provider.Database.SqlServer;

/// <summary>Times in UTC as <c>datetime2</c>, which does not know that they are.</summary>
internal sealed class SqlServerTimeConverter() : ValueConverter<DateTime, DateTime>(
    time => DateTime.SpecifyKind(time, DateTimeKind.Unspecified), stored => OfStored(stored))
{
    /// <summary>The time that is stored.</summary>
    public static DateTime OfStored(DateTime stored) => DateTime.SpecifyKind(stored, DateTimeKind.Utc);
}
