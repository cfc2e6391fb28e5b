using Zotify.Logging.Provider.Queries.Audit;

namespace Zotify.Logging.Web;

/// <summary>The audit events of this program: plain <see cref="ILogger"/> calls, told apart by the names of their events. Thread-safe.</summary>
internal sealed class AuditTrail(ILogger<AuditTrail> logger)
{
    private static readonly EventId Login = new(1001, "user.login");
    private static readonly EventId LoginFailed = new(1002, "user.login_failed");
    private static readonly EventId Logout = new(1003, "user.logout");
    private static readonly EventId SyncRequest = new(1004, "user.sync_requested");
    private static readonly EventId ConfigUpdate = new(1101, "config.update");
    private static readonly EventId AuditRead = new(1201, "audit.read");

    /// <summary>Somebody signed in to the page.</summary>
    public void SignedIn(Caller caller, string method) =>
        logger.LogInformation(Login, "User {user_id} signed in from {source_ip} by {method}", caller.Name, caller.Address, method);

    /// <summary>Somebody tried to sign in, and could not.</summary>
    public void SignInFailed(string? address, string method) =>
        logger.LogWarning(LoginFailed, "A sign-in from {source_ip} by {method} failed", address, method);

    /// <summary>Somebody signed out of the page.</summary>
    public void SignedOut(Caller caller) => logger.LogInformation(Logout, "User {user_id} signed out from {source_ip}", caller.Name, caller.Address);

    /// <summary>Somebody read the audit log.</summary>
    public void Read(Caller caller, IReadOnlyDictionary<string, string> filters, long count) =>
        logger.LogInformation(AuditRead, "User {user_id} read {count} audit events from {source_ip} with {filters}", caller.Name, count, caller.Address, filters);

    /// <summary>Somebody had the whole audit log read and verified.</summary>
    public void Verified(Caller caller, AuditVerification result) => logger.LogInformation(
        AuditRead, "User {user_id} verified {count} audit events from {source_ip}: {status}", caller.Name, result.Checked, caller.Address, result.Status);

    /// <summary>Somebody asked for a sync.</summary>
    public void SyncRequested(Caller caller, string jobId) =>
        logger.LogInformation(SyncRequest, "User {user_id} requested the sync {requested_job} from {source_ip}", caller.Name, jobId, caller.Address);

    /// <summary>Somebody changed a setting.</summary>
    public void SettingChanged(Caller caller, string setting, object oldValue, object newValue) =>
        logger.LogInformation(
            ConfigUpdate, "User {user_id} changed {setting} from {old_value} to {new_value}, from {source_ip}", caller.Name, setting, oldValue, newValue, caller.Address);
}
