using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Zotify.Logging.Web;
using Zotify.Logging.Web.Endpoints;
using Zotify.Logging.Web.Endpoints.Audit;
using Zotify.Logging.Web.Endpoints.Handlers;
using Zotify.Logging.Web.Endpoints.Jobs;
using Zotify.Logging.Web.Security;

// Found without a using, like every AddX(), UseX() and MapX() of ASP.NET Core.
#pragma warning disable IDE0130
namespace Microsoft.AspNetCore.Builder;
#pragma warning restore IDE0130

/// <summary>Serves the logs from an application of any kind, under its own authentication and policies.</summary>
public static class ZotifyLogsExtensions
{
    private const string Prefix = "/api/logs";

    /// <summary>
    /// Adds Zotify logging, where it is not added yet, and what <see cref="MapZotifyLogs"/> needs. Calling it again does nothing.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <remarks>
    /// Four policies decide who may read: <c>logs:system</c>, <c>logs:audit</c> and <c>logs:jobs</c>, and <c>logs:any</c> for
    /// the handlers' state. An application says what they mean by adding policies of these names, before or after this call. A policy that it
    /// does not add asks for the claim <c>scope</c> with the policy's name among its space-separated values; <c>logs:any</c>
    /// for one of the other three policies.
    /// </remarks>
    /// <returns>The builder.</returns>
    public static TBuilder AddZotifyLogs<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Logging.AddZotify();
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(AuditTrail))) return builder;
        services.AddSingleton<AuditTrail>();
        services.AddProblemDetails();
        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthorizationOptions>, LogPolicies>());
        services.Configure<JsonOptions>(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, new AnswerContract()));
        services.AddRateLimiter(limits => limits.AddPolicy<string, CostlyQueries>(CostlyQueries.Policy));
        return builder;
    }

    /// <summary>
    /// Maps the endpoints below <c>/api/logs</c>. Reading the audit log is logged as the event <c>audit.read</c>. Costly queries are
    /// limited for each user where the application has <c>app.UseRateLimiter()</c>.
    /// </summary>
    /// <param name="app">The application, or a group of it.</param>
    /// <returns>All the endpoints, for further conventions; <c>RequireAuthorization</c> asks for more than the policies do.</returns>
    /// <exception cref="InvalidOperationException"><see cref="AddZotifyLogs"/> was not called.</exception>
    public static IEndpointConventionBuilder MapZotifyLogs(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.ServiceProvider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(AuditTrail)))
            throw new InvalidOperationException($"{nameof(MapZotifyLogs)}: call builder.{nameof(AddZotifyLogs)}() before the application is built.");
        var logs = app.MapGroup(Prefix).AddEndpointFilter<FaultsAsProblems>();
        logs.MapSystemLog();
        logs.MapAuditLog();
        logs.MapAuditVerification();
        logs.MapAuditStream();
        logs.MapAuditFacets();
        logs.MapAuditEvent();
        logs.MapJobList();
        logs.MapJobLogs();
        logs.MapJobWait();
        logs.MapJobStream();
        logs.MapHandlers();
        return logs;
    }

    /// <summary>
    /// Puts every request into a scope of its own with <c>user_id</c>, where it is authenticated, <c>source_ip</c> and <c>request_id</c>, so that
    /// every record that it logs has them, an audit event as its user and source. Records have the trace of the request by themselves.
    /// </summary>
    /// <param name="app">The application. Use it after authentication, and after forwarded headers: it takes what is known then.</param>
    /// <returns>The application.</returns>
    public static IApplicationBuilder UseZotifyLogContext(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<LogContext>();
    }
}
