namespace Zotify.Logging.Alerts;

/// <summary>What to look for, and where to tell it. Immutable, thread-safe.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="BuiltIn">The names of the built-in alerts that are on: see <see cref="BuiltInAlerts"/>.</param>
/// <param name="Webhook">The receiver.</param>
internal sealed record AlertSettings(IReadOnlyList<AlertRule> Rules, IReadOnlySet<string> BuiltIn, Webhook Webhook);
