using Zotify.Logging.AspNetCore.Common;

namespace Zotify.Logging.Web.Demo;

/// <summary>The audit events of the sample work. Thread-safe.</summary>
internal sealed class DemoTrail(ILogger<DemoTrail> logger)
{
    private static readonly EventId SyncRequest = new(1004, "user.sync_requested");
    private static readonly EventId ConfigUpdate = new(1101, "config.update");

    /// <summary>Logs that somebody requested a sync.</summary>
    public void SyncRequested(Caller caller, string jobId) => logger.LogInformation(
        SyncRequest, "User {user_id} requested the sync {requested_job} from {source_ip}", caller.Name, jobId, caller.Address);

    /// <summary>Logs that somebody changed a setting.</summary>
    public void SettingChanged(Caller caller, string setting, object oldValue, object newValue) =>
        logger.LogInformation(
            ConfigUpdate, "User {user_id} changed {setting} from {old_value} to {new_value}, from {source_ip}",
            caller.Name, setting, oldValue, newValue, caller.Address);
}
