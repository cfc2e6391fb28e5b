using System.Globalization;
using Hangfire;
using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Integrations;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// A host with a scheduler and some work: the odd numbers end, the even ones run until the process is killed. Arguments: the scheduler,
/// the first number, and how many. Prints <see cref="Ready"/> when all of that is on the disk.
/// </summary>
internal sealed class KilledScheduler : IChild
{
    public const string Hangfire = "hangfire";
    public const string Quartz = "quartz";
    public const string Ready = "ready";

    public async Task<int> RunAsync(string[] arguments)
    {
        var (first, count) = (int.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "scheduler", ContentRootPath = Environment.CurrentDirectory });
        builder.Logging.AddZotify();
        var ends = new Ends();
        // The next process gives out the same numbers again.
        var storage = new InMemoryStorage(new InMemoryStorageOptions { IdType = InMemoryStorageIdType.Long });
        if (arguments[0] == Hangfire)
            HangfireServices.Add(builder.Services, storage, workers: count);
        else
            QuartzServices.Add(builder.Services, quartz => quartz.UseDefaultThreadPool(count).AddJobListener(ends));
        using var host = builder.Build();
        await host.StartAsync();
        var work = Enumerable.Range(first, count).ToArray();
        var ending = work.Where(number => number % 2 != 0).ToArray();
        if (arguments[0] == Hangfire)
        {
            Enqueue(new BackgroundJobClient(storage), work);
            await HangfireServices.EndedAsync(storage, ending.Length, CancellationToken.None);
        }
        else
        {
            var scheduler = await QuartzServices.SchedulerAsync(host.Services, CancellationToken.None);
            foreach (var number in work)
                await QuartzServices.ScheduleAsync(scheduler, number, number % 2 != 0 ? null : QuartzWork.Hang, CancellationToken.None);
            await ends.ReachAsync(ending.Length + ending.Count(Outcomes.FailsFirst), CancellationToken.None);
        }

        var outcomes = host.Services.GetRequiredService<Outcomes>();
        foreach (var number in work.Except(ending)) await outcomes.HangsAsync(number);
        await host.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Disk);
        Console.Out.WriteLine(Ready);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }

    private static void Enqueue(BackgroundJobClient client, int[] work)
    {
        foreach (var number in work)
        {
            if (number % 2 == 0)
                client.Enqueue<HangfireWork>(job => job.HangAsync(number, CancellationToken.None));
            else
                client.Enqueue<HangfireWork>(job => job.RunAsync(number));
        }
    }
}
