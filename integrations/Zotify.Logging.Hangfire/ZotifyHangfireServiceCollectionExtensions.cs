using Hangfire.Common;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Zotify.Logging.Hangfire;

// In this namespace, so that it is found without a using, like every AddX() of Hangfire.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Zotify logging to the Hangfire servers of a host.</summary>
public static class ZotifyHangfireServiceCollectionExtensions
{
    /// <summary>
    /// Puts every <c>ILogger</c> line of a job in a scope with <c>job_id</c>, <c>job_type</c> and <c>attempt</c>, and logs
    /// <c>job.started</c>, <c>job.completed</c>, <c>job.failed</c> and <c>job.interrupted</c>. Call it after <c>AddHangfire()</c>. For the
    /// servers of these services, so that several hosts in one process each have the lines of their own jobs. Further calls have no effect.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddZotifyHangfire(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(JobLogFilter))) return services;
        services.AddSingleton<JobLogFilter>();
        var known = services.LastOrDefault(service => service.ServiceType == typeof(IJobFilterProvider) && !service.IsKeyedService);
        services.RemoveAll<IJobFilterProvider>();
        return services.AddSingleton<IJobFilterProvider>(
            provider => new JobLogFilterProvider(Inner(provider, known), provider.GetRequiredService<JobLogFilter>()));
    }

    private static IJobFilterProvider Inner(IServiceProvider provider, ServiceDescriptor? known) => known switch
    {
        { ImplementationInstance: IJobFilterProvider instance } => instance,
        { ImplementationFactory: { } factory } => (IJobFilterProvider)factory(provider),
        { ImplementationType: { } type } => (IJobFilterProvider)ActivatorUtilities.CreateInstance(provider, type),
        _ => JobFilterProviders.Providers,
    };
}
