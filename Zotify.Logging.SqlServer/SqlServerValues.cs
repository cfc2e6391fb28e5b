namespace Zotify.Logging.SqlServer;

/// <summary>How times in UTC stand in SQL Server: as <c>datetime2</c>, which does not know that they are.</summary>
internal static class SqlServerValues
{
    /// <summary>The time as it is stored.</summary>
    public static DateTime OfTime(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified);

    /// <summary>The time that is stored.</summary>
    public static DateTime ToTime(DateTime stored) => DateTime.SpecifyKind(stored, DateTimeKind.Utc);
}
