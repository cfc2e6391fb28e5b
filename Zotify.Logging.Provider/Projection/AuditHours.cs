namespace Zotify.Logging.Projection;

/// <summary>The hours of <c>audit_counts</c>.</summary>
internal static class AuditHours
{
    /// <summary>The start of the hour of a time in UTC.</summary>
    public static DateTime Of(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerHour), DateTimeKind.Utc);
}
