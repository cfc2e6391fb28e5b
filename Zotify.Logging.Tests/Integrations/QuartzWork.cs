using Microsoft.Extensions.Logging;
using Quartz;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>A job as applications write it. Its data names the work, and what it does after its lines.</summary>
internal sealed class QuartzWork(ILogger<QuartzWork> logger, SomeLibrary library, Outcomes outcomes) : IJob
{
    public const string Work = "work";
    public const string Then = "then";
    public const string Hang = "hang";
    public const string Refire = "refire";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var work = context.MergedJobDataMap.GetInt(Work);
        logger.LogInformation("Line {Line} of work {Work}", 1, work);
        if (work % 2 == 0)
            library.Call(work);
        else
            await library.CallAsync(work);
        logger.LogInformation("Line {Line} of work {Work}", 4, work);
        switch (context.MergedJobDataMap.TryGetString(Then, out var then) ? then : null)
        {
            case Hang:
                await outcomes.HangAsync(work, cancellationToken);
                break;
            case Refire when context.RefireCount == 0:
                throw new JobExecutionException(new InvalidOperationException("At once")) { RefireImmediately = true };
            default:
                outcomes.Decide(work);
                break;
        }
    }
}
