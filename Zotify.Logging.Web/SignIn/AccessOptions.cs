namespace Zotify.Logging.Web.SignIn;

/// <summary>Decides who may read, and from where, under <c>Zotify:Access</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Zotify:Access";

    /// <summary>The keys.</summary>
    public IList<ApiKeyOptions> ApiKeys { get; } = [];

    /// <summary>The proxies whose <c>X-Forwarded-</c> headers are trusted: addresses, or networks such as <c>10.0.0.0/8</c>.</summary>
    public IList<string> Proxies { get; } = [];

    /// <summary>The origins, such as <c>https://ops.example.org</c>, whose scripts may read with a key or a token.</summary>
    public IList<string> Origins { get; } = [];
}
