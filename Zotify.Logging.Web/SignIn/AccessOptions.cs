namespace Zotify.Logging.Web.SignIn;

/// <summary>Who may read, and from where, under <c>Zotify:Access</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Zotify:Access";

    /// <summary>The keys.</summary>
    public IList<ApiKeyOptions> ApiKeys { get; } = [];

    /// <summary>The proxies whose <c>X-Forwarded-</c> headers are believed: addresses, or networks as <c>10.0.0.0/8</c>.</summary>
    public IList<string> Proxies { get; } = [];

    /// <summary>The origins, as <c>https://ops.example.org</c>, whose scripts may read by a key or a token.</summary>
    public IList<string> Origins { get; } = [];
}
