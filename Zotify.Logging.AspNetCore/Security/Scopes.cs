using System.Security.Claims;

namespace Zotify.Logging.AspNetCore.Security;

/// <summary>
/// What a caller may do: the values of the claim <c>scope</c>, separated by spaces as in OAuth 2.0 (RFC 6749, section 3.3).
/// </summary>
internal static class Scopes
{
    /// <summary>The system log.</summary>
    public const string System = "logs:system";

    /// <summary>The audit log.</summary>
    public const string Audit = "logs:audit";

    /// <summary>The jobs.</summary>
    public const string Jobs = "logs:jobs";

    /// <summary>The right to change what is logged, by overrides of levels.</summary>
    public const string Admin = "logs:admin";

    /// <summary>The policy that any of the scopes satisfies.</summary>
    public const string AnyPolicy = "logs:any";

    /// <summary>The claim that holds scopes.</summary>
    public const string ClaimType = "scope";

    /// <summary>All scopes.</summary>
    public static IReadOnlyList<string> All { get; } = [System, Audit, Jobs, Admin];

    /// <summary>Whether a caller has a scope.</summary>
    public static bool Has(ClaimsPrincipal user, string scope) =>
        user.FindAll(ClaimType).SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Contains(scope);
}
