using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Web.SignIn;

/// <summary>Decides who may read: keys, tokens and sessions of the page, each with scopes.</summary>
internal static class AccessExtensions
{
    private const string BearerSection = "Authentication:Schemes:Bearer";
    private const string AnyScheme = "Any";

    /// <summary>Whether tokens are accepted.</summary>
    public static bool HasBearer(IConfiguration configuration) => configuration.GetSection(BearerSection).Exists();

    /// <summary>Adds authentication and authorization. Without a credential, only endpoints that allow it answer.</summary>
    public static void AddAccess(this WebApplicationBuilder builder, AccessOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(Options.Create(options));
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<SignInLink>();
        services.AddSingleton<IHttpContextFactory, TokenOutOfLogs>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<RejectedKeys>();
        services.AddSingleton(s => new EndedSessions(
            s.GetRequiredService<RequestClock>(),
            s.GetRequiredService<Placement>().Directory,
            s.GetRequiredService<ILogger<EndedSessions>>()));
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInTrail>();
        services.AddHostedService<SignInLinkPrinter>();
        services.AddCors();
        services.AddSingleton<IConfigureOptions<CorsOptions>, OtherOrigins>();
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, TrustedProxies>();

        var hasBearer = HasBearer(builder.Configuration);
        var authentication = services.AddAuthentication(AnyScheme)
            .AddPolicyScheme(AnyScheme, null, any => any.ForwardDefaultSelector = context => SchemeOf(context.Request, hasBearer))
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddCookie(cookie => UseForSessions(cookie, SessionCookie.NameOf(builder.Configuration, builder.Environment)));
        if (hasBearer) authentication.AddJwtBearer(bearer => bearer.MapInboundClaims = false);

        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>Whether a request is authenticated by what it brings itself, and not by the cookie that a browser adds.</summary>
    public static bool BringsCredential(HttpRequest request, bool hasBearer) =>
        SchemeOf(request, hasBearer) != CookieAuthenticationDefaults.AuthenticationScheme;

    private static string SchemeOf(HttpRequest request, bool hasBearer)
    {
        if (request.Headers.ContainsKey(ApiKeyHandler.Header)) return ApiKeyHandler.SchemeName;
        return hasBearer && request.Headers.ContainsKey("Authorization")
            ? JwtBearerDefaults.AuthenticationScheme
            : CookieAuthenticationDefaults.AuthenticationScheme;
    }

    private static void UseForSessions(CookieAuthenticationOptions cookie, string name)
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Sessions.Lifetime;
        // An API answers with a status and redirects nowhere.
        cookie.Events.OnRedirectToLogin = context => Answer(context.Response, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context.Response, StatusCodes.Status403Forbidden);
        cookie.Events.OnValidatePrincipal = context =>
        {
            if (!IsStillOpen(context)) context.RejectPrincipal();
            return Task.CompletedTask;
        };
    }

    private static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>
    /// A session lasts until somebody signs out of it, and no longer than what opened it: its key, or the program that printed its link.
    /// </summary>
    private static bool IsStillOpen(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (Sessions.IdOf(context.Principal) is not { } id || services.GetRequiredService<Sessions>().HasEnded(id)) return false;
        return context.Principal?.FindFirst(ApiKeys.KeyClaim)?.Value is { } key
            ? services.GetRequiredService<ApiKeys>().Knows(key)
            : context.Principal?.FindFirst(SignInLink.SessionClaim)?.Value is { } session
                && services.GetRequiredService<SignInLink>().Opened(session);
    }
}
