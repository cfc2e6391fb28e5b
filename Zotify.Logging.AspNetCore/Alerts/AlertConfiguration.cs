using Microsoft.Extensions.Configuration;
using Zotify.Logging.Alerts;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.AspNetCore.Alerts;

/// <summary>
/// Reads <c>Zotify:Alerts</c> and <c>Zotify:Webhook</c>, once: a change takes effect at the next start. Thread-safe.
/// </summary>
/// <param name="configuration">The configuration of the application, where it has one.</param>
internal sealed class AlertConfiguration(IConfiguration? configuration)
{
    private readonly Lazy<(AlertSettings? Settings, IReadOnlyList<string> Errors)> _read = new(() => Read(configuration));

    /// <summary>The settings; <see langword="null"/> where there are no alerts, or the configuration is not valid.</summary>
    public AlertSettings? Settings => _read.Value.Settings;

    /// <summary>What is wrong with the configuration, each with its full key, value and fix. No message has a secret.</summary>
    public IReadOnlyList<string> Errors => _read.Value.Errors;

    private static (AlertSettings? Settings, IReadOnlyList<string> Errors) Read(IConfiguration? configuration)
    {
        if (configuration is null) return (null, []);
        var (alerts, webhook) = (configuration.GetSection(AlertOptions.Section), configuration.GetSection(WebhookOptions.Section));
        if (!alerts.Exists() && !webhook.Exists()) return (null, []);
        string[] errors =
        [
            .. ConfigurationCheck.FindIn(alerts, typeof(Dictionary<string, AlertOptions>), AlertOptions.Section),
            .. webhook.Value is null
                ? ConfigurationCheck.FindInSection(webhook, typeof(WebhookOptions), WebhookOptions.Section)
                :
                [
                    $"{WebhookOptions.Section}: it is a value (not shown, because it may be a secret), and a section is expected; use "
                        + $"{WebhookOptions.Section}:{nameof(WebhookOptions.Url)}",
                ],
        ];
        if (errors.Length > 0) return (null, errors);
        var (known, receiver) = (new Dictionary<string, AlertOptions>(StringComparer.OrdinalIgnoreCase), new WebhookOptions());
        alerts.Bind(known);
        webhook.Bind(receiver);
        var found = new List<string>();
        var to = WebhookSettings.Read(receiver, found);
        var rules = known.Where(alert => !IsBuiltIn(alert.Key)).Select(alert => AlertRules.Read(alert.Key, alert.Value, found)).ToList();
        foreach (var (name, options) in known.Where(alert => IsBuiltIn(alert.Key))) AlertRules.CheckBuiltIn(name, options, found);
        if (found.Count > 0) return (null, found);
        var builtIn = BuiltInAlerts.All.Where(name => !known.TryGetValue(name, out var options) || options.Enabled).ToHashSet();
        if (builtIn.Contains(BuiltInAlerts.JobFailed)) rules.Add(BuiltInAlerts.FailedJobs);
        return (new AlertSettings([.. rules.OfType<AlertRule>()], builtIn, to!), []);
    }

    private static bool IsBuiltIn(string name) => BuiltInAlerts.All.Contains(name, StringComparer.OrdinalIgnoreCase);
}
