using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>Fails the start where a call is missing, with a message that names it. Otherwise the first request would fail.</summary>
internal sealed class StartupCheck(MappedLogs mapped) : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        Check(app.ApplicationServices);
    };

    private void Check(IServiceProvider services)
    {
        if (mapped is { HasPage: true, HasEndpoints: false })
            throw new InvalidOperationException("MapZotifyLogsPage: the page reads the logs' endpoints; call app.MapZotifyLogs() as well.");
        var hasAuthentication = services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IAuthenticationService));
        if (hasAuthentication || !mapped.HasEndpoints) return;
        // This builds all endpoints, which takes time. So it runs only where a call may be missing.
        if (services.GetRequiredService<EndpointDataSource>().Endpoints.Any(IsClosed))
        {
            throw new InvalidOperationException(
                "MapZotifyLogs: the endpoints need to know their caller, and the application has no authentication. "
                + "Call builder.Services.AddAuthentication(…) with a scheme, or let everybody read: "
                + "app.MapZotifyLogs().AllowAnonymous().");
        }
    }

    private static bool IsClosed(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<LogEndpoint>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;
}
