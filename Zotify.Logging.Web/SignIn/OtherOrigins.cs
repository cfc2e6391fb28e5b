using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.Web.SignIn;

/// <summary>Lets scripts of the configured origins read the logs with a key or a token (CORS), but never with this site's cookie.</summary>
internal sealed class OtherOrigins(IOptions<AccessOptions> access) : IConfigureOptions<CorsOptions>
{
    /// <inheritdoc/>
    public void Configure(CorsOptions options) => options.AddDefaultPolicy(policy => policy
        .WithOrigins([.. access.Value.Origins])
        .WithMethods(HttpMethods.Get)
        .WithHeaders(ApiKeyHandler.Header, "Authorization", "Accept", "Last-Event-ID")
        .WithExposedHeaders("Link", "Retry-After", "WWW-Authenticate"));
}
