using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Zotify.Logging.AspNetCore.Streams;

namespace Zotify.Logging.Web.SignIn;

/// <summary>Lets scripts of the configured origins read the logs with a key or a token (CORS), but never with this site's cookie.</summary>
internal sealed class OtherOrigins(IOptions<AccessOptions> access) : IConfigureOptions<CorsOptions>
{
    /// <inheritdoc/>
    public void Configure(CorsOptions options) => options.AddDefaultPolicy(policy => policy
        .WithOrigins([.. access.Value.Origins])
        .WithMethods(HttpMethods.Get, HttpMethods.Head)
        .WithHeaders(ApiKeyHandler.Header, "Authorization", "Accept", "Cache-Control", StreamRequest.LastEventId)
        // What an answer says beside its body: pages, waiting, the name and the state of a file, the server's clock.
        .WithExposedHeaders(
            "Link", "Retry-After", "WWW-Authenticate", "Content-Disposition", LongAnswer.BehindHeader, LongAnswer.CursorHeader, "Date",
            "ETag"));
}
