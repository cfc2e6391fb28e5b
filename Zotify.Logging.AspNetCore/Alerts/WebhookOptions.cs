using Zotify.Logging.Configuration;

namespace Zotify.Logging.AspNetCore.Alerts;

/// <summary>The receiver of alerts, <c>Zotify:Webhook</c>. Takes effect at the next start.</summary>
internal sealed class WebhookOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Zotify:Webhook";

    /// <summary>The address. Without it, there are no alerts.</summary>
    public string? Url { get; set; }

    /// <summary>The secret that signs messages: <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
    public string? Secret { get; set; }

    /// <summary>The secret before, which signs as well until every receiver knows the new one.</summary>
    public string? PreviousSecret { get; set; }

    /// <summary>How long a request may take: one second to one minute, 15 seconds by default.</summary>
    [TimeSpanRange("00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}
