using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// Logs that somebody read the audit log or changed what is logged, by plain <see cref="ILogger"/> calls. A look at the audit log is one
/// event, and its count is of events. Thread-safe.
/// </summary>
internal sealed class AuditTrail(ILogger<AuditTrail> logger, RecentReads recent, RequestClock clock)
{
    private static readonly EventId AuditRead = new(1201, "audit.read");
    private static readonly EventId LevelOverride = new(1102, "config.level_override");
    private static readonly EventId LevelOverrideEnd = new(1103, "config.level_override_ended");

    /// <summary>Somebody read events of the audit log.</summary>
    public void Read(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters, long count)
    {
        recent.Add(caller, filters);
        Log(caller, filters, count);
    }

    /// <summary>Somebody was told how many events there are. No event of its own beside a reading of these events.</summary>
    public void Counted(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters, long count)
    {
        if (!recent.Covers(caller, filters, clock.Now)) Log(caller, filters, count);
    }

    /// <summary>Somebody begins to follow the audit log; <see cref="Streamed"/> with the same filters ends it.</summary>
    public void Following(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters) => recent.Begin(caller, filters);

    /// <summary>Somebody followed the audit log. No event of its own where nothing came, beside a reading by the same filters.</summary>
    public void Streamed(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters, long count, DateTimeOffset since)
    {
        recent.End(caller, filters);
        if (count > 0 || !recent.Covers(caller, filters, since)) Log(caller, filters, count);
    }

    /// <summary>Somebody lowered the level of some calls for a while.</summary>
    public void LevelOverridden(Caller caller, LevelOverride added) => logger.LogInformation(
        LevelOverride, "User {user_id} set the level {level} for {match} until {expires:O}, from {source_ip}",
        caller.Name, added.Level, Conditions(added.Match), added.Expires, caller.Address);

    /// <summary>Somebody ended such an override before its time.</summary>
    public void LevelOverrideEnded(Caller caller, LevelOverride ended) => logger.LogInformation(
        LevelOverrideEnd, "User {user_id} ended the level {level} for {match}, from {source_ip}",
        caller.Name, ended.Level, Conditions(ended.Match), caller.Address);

    /// <summary>Somebody had the whole audit log read and verified.</summary>
    public void Verified(Caller caller, AuditVerification result) => logger.LogInformation(
        AuditRead, "User {user_id} verified {count} audit events from {source_ip}: {status}",
        caller.Name, result.Checked, caller.Address, result.Status);

    /// <summary>One value, so that the user and the job of the match do not become those of the event.</summary>
    private static Dictionary<string, string> Conditions(LevelOverrideMatch match) =>
        match.Conditions.ToDictionary(condition => condition.Name, condition => condition.Value);

    private void Log(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters, long count) => logger.LogInformation(
        AuditRead, "User {user_id} read {count} audit events from {source_ip} with {filters}",
        caller.Name, count, caller.Address, filters.ToDictionary(filter => filter.Key, filter => new FilterValues(filter.Value)));
}
