using Microsoft.Extensions.Options;

namespace Zotify.Logging.AspNetCore.Alerts;

/// <summary>Validates the configuration of alerts together with the options of the provider, so that one start shows every error.</summary>
/// <param name="alerts">The configuration.</param>
internal sealed class AlertConfigurationValidator(AlertConfiguration alerts) : IValidateOptions<ZotifyLoggingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ZotifyLoggingOptions options) =>
        alerts.Errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(alerts.Errors);
}
