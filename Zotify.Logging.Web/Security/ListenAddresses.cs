using System.Net;

namespace Zotify.Logging.Web.Security;

/// <summary>Where the configuration makes the server listen.</summary>
internal static class ListenAddresses
{
    /// <summary>Whether the configuration says anything about it.</summary>
    public static bool AreConfigured(IConfiguration configuration) => All(configuration).Any();

    /// <summary>An address that other machines can reach; <see langword="null"/> where there is none.</summary>
    public static string? BeyondThisMachine(IConfiguration configuration) => All(configuration).FirstOrDefault(address => !IsLoopback(address));

    private static IEnumerable<string> All(IConfiguration configuration)
    {
        // As Kestrel has it, urls win over ports, which images of containers set.
        string[] ports = string.IsNullOrEmpty(configuration["urls"]) ? [.. Split(configuration["http_ports"]), .. Split(configuration["https_ports"])] : [];
        return Split(configuration["urls"])
            .Concat(ports.Select(port => $"http://*:{port}"))
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>());
    }

    private static string[] Split(string? values) => values?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsLoopback(string address)
    {
        var host = BindingAddress.Parse(address).Host;
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
