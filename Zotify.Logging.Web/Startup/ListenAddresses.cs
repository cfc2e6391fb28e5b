using System.Net;

namespace Zotify.Logging.Web.Startup;

/// <summary>Checks the addresses that the configuration makes the server listen on.</summary>
internal static class ListenAddresses
{
    /// <summary>The keys of the addresses.</summary>
    public const string Keys = "urls or Kestrel:Endpoints";

    private const string Example = "http://localhost:5080";

    /// <summary>Whether the configuration has any address.</summary>
    /// <exception cref="InvalidSettingException">It has a value that is not an address.</exception>
    public static bool AreConfigured(IConfiguration configuration)
    {
        var all = All(configuration).ToArray();
        foreach (var (key, address) in all) Check(key, address);
        return all.Length > 0;
    }

    /// <summary>An address that other machines can reach; <see langword="null"/> where there is none.</summary>
    public static string? BeyondThisMachine(IConfiguration configuration) =>
        All(configuration).Select(given => given.Address).FirstOrDefault(address => !IsLoopback(BindingAddress.Parse(address).Host));

    private static IEnumerable<(string Key, string Address)> All(IConfiguration configuration)
    {
        // As in Kestrel, urls win over the ports, which container images set.
        string[] ports = string.IsNullOrEmpty(configuration["urls"]) ? ["http_ports", "https_ports"] : [];
        return Split(configuration["urls"]).Select(address => ("urls", address))
            .Concat(ports.SelectMany(key => Split(configuration[key]).Select(port => (key, $"http://*:{port}"))))
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Where(endpoint => endpoint["Url"] is not null)
                .Select(endpoint => ($"{endpoint.Path}:Url", endpoint["Url"]!)));
    }

    private static string[] Split(string? values) =>
        values?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static void Check(string key, string address)
    {
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            throw new InvalidSettingException(key, $"'{address}': an address such as {Example} is expected.");
        }

        if (parsed.IsUnixPipe || parsed.IsNamedPipe) return;
        // Kestrel treats a port that is not a number as part of the name, and listens on all addresses for any name but this machine's.
        if (parsed.Port > IPEndPoint.MaxPort
            || (parsed.Host.Contains(':', StringComparison.Ordinal) && !IPAddress.TryParse(parsed.Host.Trim('[', ']'), out _)))
            throw new InvalidSettingException(key, $"'{address}': a port from 0 to {IPEndPoint.MaxPort} is expected, as in {Example}.");
        if (parsed.Port == 0 && string.Equals(parsed.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidSettingException(
                key,
                $"'{address}': localhost is two addresses, which cannot share a port that the system chooses; "
                + "use http://127.0.0.1:0 or a port.");
        }
    }

    private static bool IsLoopback(string host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
