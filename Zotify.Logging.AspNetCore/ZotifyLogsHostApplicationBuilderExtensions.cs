using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Zotify.Logging.AspNetCore.Alerts;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Endpoints;
using Zotify.Logging.AspNetCore.Endpoints.Audit;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Database;

// Found without a using, like every AddX() of a host's builder.
namespace Microsoft.Extensions.Hosting;

/// <summary>Adds what an application needs to serve its logs.</summary>
public static class ZotifyLogsHostApplicationBuilderExtensions
{
    /// <summary>
    /// Adds Zotify logging, where it is not added yet, and what <c>MapZotifyLogs</c> and <c>MapZotifyLogsPage</c> need. A second call
    /// does nothing. Call it while the application is set up, on one thread.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <remarks>
    /// Five policies decide: <c>logs:system</c>, <c>logs:audit</c> and <c>logs:jobs</c> who may read these, <c>logs:admin</c> who may
    /// override levels, and <c>logs:any</c> who sees the handlers' state. An application says what they mean by adding policies of these
    /// names, before or after this call. A policy that it does not add asks for the claim <c>scope</c> with the policy's name among its
    /// space-separated values; <c>logs:any</c> for one of the other four policies.
    /// <para>
    /// While the host runs, what is new in the audit log is verified at each roll and every hour, and the alerts of <c>Zotify:Alerts</c>
    /// are sent to <c>Zotify:Webhook</c>. A section that is not valid fails the start, with a message that names each key.
    /// </para>
    /// </remarks>
    /// <returns>The builder.</returns>
    public static TBuilder AddZotifyLogs<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Logging.AddZotify();
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(MappedLogs))) return builder;
        services.AddSingleton<MappedLogs>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<RecentReads>();
        services.AddSingleton<RequestClock>();
        services.AddSingleton(SystemLogs.Create);
        services.AddSingleton<IStartupFilter, StartupCheck>();
        services.AddHostedService(s => new SearchWarmUp(
            s.GetRequiredService<MappedLogs>(), s.GetRequiredService<LoggingDatabase>(), s));
        services.AddProblemDetails();
        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthorizationOptions>, LogPolicies>());
        services.Configure<JsonOptions>(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, new AnswerContract()));
        AlertServices.Add(services);
        services.AddRateLimiter(limits => limits.AddPolicy<string, CostlyQueries>(CostlyQueries.Policy));
        return builder;
    }
}
