using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Quartz in a host.</summary>
internal static class QuartzServices
{
    /// <summary>Adds a scheduler of some threads, and what the jobs need.</summary>
    public static void Add(IServiceCollection services, Action<IQuartzBuilder>? configure = null)
    {
        services.AddSingleton<SomeLibrary>().AddSingleton<Outcomes>();
        services.AddQuartz(
            quartz =>
            {
                quartz.UseDefaultThreadPool(8);
                quartz.AddZotifyLogging();
                configure?.Invoke(quartz);
            });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>The host's scheduler.</summary>
    public static ValueTask<IScheduler> SchedulerAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);

    /// <summary>Runs work at once; one that fails once more.</summary>
    public static async Task ScheduleAsync(IScheduler scheduler, int work, string? then, CancellationToken cancellationToken)
    {
        var job = JobBuilder.Create<QuartzWork>().WithIdentity(Key(work)).UsingJobData(QuartzWork.Work, work);
        if (then is not null) job.UsingJobData(QuartzWork.Then, then);
        var trigger = TriggerBuilder.Create().WithIdentity($"t{work}").StartNow()
            .WithRetryPolicy(RetryPolicy.Fixed(1, TimeSpan.FromMilliseconds(20)));
        await scheduler.ScheduleJob(job.Build(), trigger.Build(), cancellationToken: cancellationToken);
    }

    /// <summary>The key of the job for some work.</summary>
    public static JobKey Key(int work) => new($"work{work}", "tests");
}
