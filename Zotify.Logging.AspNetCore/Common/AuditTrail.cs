using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// Logs that somebody read the audit log, by plain <see cref="ILogger"/> calls: one event a look. Counts are of events. Thread-safe.
/// </summary>
internal sealed class AuditTrail(ILogger<AuditTrail> logger, RecentReads recent)
{
    private static readonly EventId AuditRead = new(1201, "audit.read");

    /// <summary>The moment, for <see cref="Streamed"/>.</summary>
    public long Now => recent.Now;

    /// <summary>Somebody read events of the audit log.</summary>
    public void Read(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters, long count)
    {
        recent.Add(caller, filters);
        Log(caller, filters, count);
    }

    /// <summary>Somebody was told how many events there are. No event of its own beside a reading of these events.</summary>
    public void Counted(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters, long count)
    {
        if (!recent.Covers(caller, filters, recent.Now)) Log(caller, filters, count);
    }

    /// <summary>Somebody followed the audit log. No event of its own where nothing came, beside a reading by the same filters.</summary>
    public void Streamed(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters, long count, long since)
    {
        if (count > 0 || !recent.Covers(caller, filters, since)) Log(caller, filters, count);
    }

    /// <summary>Somebody had the whole audit log read and verified.</summary>
    public void Verified(Caller caller, AuditVerification result) => logger.LogInformation(
        AuditRead, "User {user_id} verified {count} audit events from {source_ip}: {status}",
        caller.Name, result.Checked, caller.Address, result.Status);

    private void Log(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters, long count) => logger.LogInformation(
        AuditRead, "User {user_id} read {count} audit events from {source_ip} with {filters}", caller.Name, count, caller.Address, filters);
}
