namespace Zotify.Logging.Projection;

/// <summary>The hours of <c>audit_counts</c>.</summary>
internal static class AuditHours
{
    /// <summary>The start of the hour that the time, in UTC, is in.</summary>
    public static DateTime Of(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerHour), DateTimeKind.Utc);
}
