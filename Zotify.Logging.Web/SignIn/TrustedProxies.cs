using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Reads a request's address, scheme and host from the headers of the configured proxies. Nobody else is trusted, not even this machine.
/// Without configured proxies the headers are not read.
/// </summary>
internal sealed class TrustedProxies(IOptions<AccessOptions> access) : IConfigureOptions<ForwardedHeadersOptions>
{
    private const ForwardedHeaders Taken =
        ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;

    /// <inheritdoc/>
    public void Configure(ForwardedHeadersOptions options)
    {
        var proxies = access.Value.Proxies;
        options.ForwardedHeaders = proxies.Count > 0 ? Taken : ForwardedHeaders.None;
        // The headers may name a chain of proxies. The first address that is not a configured proxy is the caller's.
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }
    }
}
