using System.Security.Claims;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>The caller of a request, for the audit trail.</summary>
/// <remarks>A class, because the runtime compiles each collection of a struct anew.</remarks>
/// <param name="Name">The name of the key, or the user of the token or of the application.</param>
/// <param name="Address">The address of the connection. An IPv4 address that was mapped to IPv6 is shown as IPv4.</param>
internal sealed record Caller(string Name, string? Address)
{
    /// <summary>The caller of a request.</summary>
    public static Caller Of(HttpContext context) => new(UserIdOf(context.User) ?? "unknown", AddressOf(context));

    /// <summary>The address that a request comes from.</summary>
    public static string? AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }

    /// <summary>The user by a stable id, else by name; <see langword="null"/> where nobody is authenticated.</summary>
    public static string? UserIdOf(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true } identity
        ? user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? user.FindFirst("sub")?.Value ?? identity.Name
        : null;
}
