namespace Zotify.Logging.Alerts;

/// <summary>A line of a journal that a rule may match. One of <paramref name="Audit"/> and <paramref name="Job"/> is set.</summary>
/// <param name="Seq">The line's number.</param>
/// <param name="Timestamp">Its time, in UTC.</param>
/// <param name="Audit">The audit event.</param>
/// <param name="Job">The job whose status the line changed, as it was then.</param>
internal readonly record struct AlertEvent(long Seq, DateTime Timestamp, AuditEventRow? Audit, JobRow? Job);
