namespace Zotify.Logging.Web.Security;

/// <summary>Who may read, under <c>Zotify:Access</c>. Takes effect at the next start.</summary>
internal sealed class AccessOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Zotify:Access";

    /// <summary>The keys.</summary>
    public IList<ApiKeyOptions> ApiKeys { get; } = [];
}
