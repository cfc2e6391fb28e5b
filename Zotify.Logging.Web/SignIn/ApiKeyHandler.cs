using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.Web.SignIn;

/// <summary>Authenticates by the header <c>X-API-Key</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeys keys,
    RejectedKeys rejected)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The scheme.</summary>
    public const string SchemeName = "ApiKey";

    /// <summary>The header.</summary>
    public const string Header = "X-API-Key";

    /// <summary>The header <c>WWW-Authenticate</c>, which names the credential for a caller without one.</summary>
    public const string Challenge = $"{SchemeName} realm=\"Zotify logging\", header=\"{Header}\"";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header] is not [{ } key]) return Task.FromResult(AuthenticateResult.Fail($"{Header} must be given once."));
        if (keys.Find(key, SchemeName) is { } caller)
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(caller), SchemeName)));
        rejected.Add(Context);
        return Task.FromResult(AuthenticateResult.Fail("The key is not known."));
    }
}
