using System.Security.Claims;

namespace Zotify.Logging.Web;

/// <summary>Who makes a request, for the audit trail.</summary>
/// <param name="Name">The name of the key, or the subject of the token.</param>
/// <param name="Address">The address of the connection, an IPv4 one as such.</param>
internal readonly record struct Caller(string Name, string? Address)
{
    /// <summary>The caller of a request.</summary>
    public static Caller Of(HttpContext context) => new(NameOf(context.User), AddressOf(context));

    /// <summary>The address that a request comes from.</summary>
    public static string? AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }

    private static string NameOf(ClaimsPrincipal user) => user.Identity?.Name ?? user.FindFirst("sub")?.Value ?? "unknown";
}
