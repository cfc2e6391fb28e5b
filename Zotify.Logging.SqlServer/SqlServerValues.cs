namespace Zotify.Logging.SqlServer;

/// <summary>The form of times in UTC in SQL Server: <c>datetime2</c>, which has no time zone.</summary>
internal static class SqlServerValues
{
    /// <summary>The time as it is stored.</summary>
    public static DateTime OfTime(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified);

    /// <summary>The time that is stored.</summary>
    public static DateTime ToTime(DateTime stored) => DateTime.SpecifyKind(stored, DateTimeKind.Utc);
}
