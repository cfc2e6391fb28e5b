using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>Logs that somebody read the audit log, by plain <see cref="ILogger"/> calls. Thread-safe.</summary>
internal sealed class AuditTrail(ILogger<AuditTrail> logger)
{
    private static readonly EventId AuditRead = new(1201, "audit.read");

    /// <summary>Somebody read the audit log.</summary>
    public void Read(Caller caller, IReadOnlyDictionary<string, string> filters, long count) => logger.LogInformation(
        AuditRead, "User {user_id} read {count} audit events from {source_ip} with {filters}", caller.Name, count, caller.Address, filters);

    /// <summary>Somebody had the whole audit log read and verified.</summary>
    public void Verified(Caller caller, AuditVerification result) => logger.LogInformation(
        AuditRead, "User {user_id} verified {count} audit events from {source_ip}: {status}",
        caller.Name, result.Checked, caller.Address, result.Status);
}
