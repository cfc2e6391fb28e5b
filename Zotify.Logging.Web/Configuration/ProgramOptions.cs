using Zotify.Logging.AspNetCore.Alerts;
using Zotify.Logging.Configuration;
using Zotify.Logging.Web.Demo;
using Zotify.Logging.Web.SignIn;

namespace Zotify.Logging.Web.Configuration;

/// <summary>The program's own section of the configuration, <c>Zotify</c>. Takes effect at the next start.</summary>
internal sealed class ProgramOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Zotify";

    /// <summary>Who may read.</summary>
    public AccessOptions Access { get; } = new();

    /// <summary>The alerts; the library of the endpoints reads them.</summary>
    public IDictionary<string, AlertOptions> Alerts { get; } = new Dictionary<string, AlertOptions>();

    /// <summary>The receiver of alerts; the library of the endpoints reads it.</summary>
    public WebhookOptions Webhook { get; } = new();

    /// <summary>The sample work.</summary>
    public DemoOptions Demo { get; } = new();

    /// <summary>The application whose logs the program reads as a sidecar; <see cref="SourceConfiguration"/> reads it.</summary>
    public IList<SourceOptions> Sources { get; } = [];
}
