using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Hosts that send their journals to a collector.</summary>
internal static class OtlpHost
{
    /// <summary>Builds one.</summary>
    public static ShippingHost Build(string folder, string? endpoint, params (string Key, string? Value)[] settings) =>
        ShippingHost.Build(
            folder, logging => logging.AddZotifyOtlp(), settings.Append(("Logging:Zotify:Otlp:Endpoint", endpoint)));

    /// <summary>Builds and starts one.</summary>
    public static Task<ShippingHost> StartAsync(
        string folder, string endpoint, CancellationToken cancellationToken, params (string Key, string? Value)[] settings) =>
        Build(folder, endpoint, settings).StartAsync(cancellationToken);
}
