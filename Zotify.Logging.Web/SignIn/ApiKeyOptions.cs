using System.ComponentModel.DataAnnotations;

namespace Zotify.Logging.Web.SignIn;

/// <summary>A key, under <c>Zotify:Access:ApiKeys:&lt;n&gt;</c>. The key itself is not stored.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>The name of the key's user, which is the user of audit events.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The SHA-256 of the key's UTF-8 bytes, 64 hex digits.</summary>
    [Required]
    public string Sha256 { get; set; } = "";

    /// <summary>The scopes of the key: <c>logs:system</c>, <c>logs:audit</c>, <c>logs:jobs</c>, <c>logs:admin</c>.</summary>
    public IList<string> Scopes { get; } = [];
}
