using Zotify.Logging.Alerts;
using Zotify.Logging.Configuration;
using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.AspNetCore.Alerts;

/// <summary>
/// Reports at the start that a sidecar's alerts see only its own events and jobs. That is no error: its own audit log has who read the
/// logs, and it tells what the shared database shows of instances and jobs.
/// </summary>
/// <param name="source">The logs that this process reads.</param>
/// <param name="alerts">The configuration of alerts.</param>
/// <param name="diagnostics">Where it is reported.</param>
internal sealed class SidecarAlertCheck(LogSource source, AlertConfiguration alerts, SelfDiagnostics diagnostics) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!source.IsSidecar || alerts.Settings is not { } settings) return Task.CompletedTask;
        var keys = settings.Rules.Where(rule => rule != BuiltInAlerts.FailedJobs).Select(rule => $"{AlertOptions.Section}:{rule.Name}");
        diagnostics.Report(
            AlertOptions.Section,
            FailureKind.Permanent,
            $"this process is a sidecar of '{source.Directory}' ({SourceConfiguration.Section}), and its alerts see no event and no job of "
                + $"that application; move {string.Join(", ", keys.Append(WebhookOptions.Section))} to the application's configuration. "
                + $"Here, only {BuiltInAlerts.InstanceGone}, {BuiltInAlerts.JobStalled} and {BuiltInAlerts.JobOverdue} are about it");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
