using Hangfire;
using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Hangfire in a host.</summary>
internal static class HangfireServices
{
    /// <summary>
    /// Adds a server, and the jobs, with everything that is otherwise the process's own, so that the hosts of parallel tests do not share it.
    /// Hangfire's own log, which cannot be a host's own, goes nowhere.
    /// </summary>
    public static void AddApart(IServiceCollection services, InMemoryStorage storage, int workers = 8)
    {
        services.AddSingleton<JobActivator, ScopeActivator>();
        Add(services, storage, workers);
        services.Replace(ServiceDescriptor.Singleton<IGlobalConfiguration>(GlobalConfiguration.Configuration));
    }

    /// <summary>Adds a server, and the jobs.</summary>
    public static void Add(IServiceCollection services, InMemoryStorage storage, int workers = 8)
    {
        services.AddSingleton<JobStorage>(storage);
        AddWork(services);
        services.AddHangfire(_ => { });
        services.AddHangfireServer(
            options =>
            {
                options.WorkerCount = workers;
                options.SchedulePollingInterval = TimeSpan.FromMilliseconds(20);
                options.CancellationCheckInterval = TimeSpan.FromMilliseconds(20);
                options.StopTimeout = TimeSpan.Zero;
                options.ShutdownTimeout = TimeSpan.FromSeconds(30);
            });
        services.AddZotifyHangfire();
    }

    /// <summary>Adds what the jobs need.</summary>
    public static void AddWork(IServiceCollection services) =>
        services.AddSingleton<SomeLibrary>().AddSingleton<Outcomes>().AddTransient(
            provider => new HangfireWork(
                provider.GetRequiredService<ILogger<HangfireWork>>(),
                provider.GetRequiredService<SomeLibrary>(),
                provider.GetRequiredService<Outcomes>(),
                provider.GetService<IBackgroundJobClient>()));

    /// <summary>Returns when so many jobs have succeeded or failed for good.</summary>
    public static async Task EndedAsync(JobStorage storage, int jobs, CancellationToken cancellationToken)
    {
        while (storage.GetMonitoringApi().GetStatistics() is var counts && counts.Succeeded + counts.Failed < jobs)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
    }

    /// <summary>Returns when a job is in a state.</summary>
    public static async Task IsAsync(JobStorage storage, string jobId, string state, CancellationToken cancellationToken)
    {
        using var connection = storage.GetConnection();
        while (connection.GetStateData(jobId)?.Name != state)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
    }
}
