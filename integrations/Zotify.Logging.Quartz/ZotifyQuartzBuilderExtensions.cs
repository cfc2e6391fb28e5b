using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Quartz;

// In this namespace, so that it is found without a using, like every method of the builder.
namespace Quartz;

/// <summary>Adds Zotify logging to Quartz.NET.</summary>
public static class ZotifyQuartzBuilderExtensions
{
    /// <summary>
    /// Puts every <see cref="ILogger"/> line of a job's execution in a scope with <c>job_id</c> (the job's key and the firing),
    /// <c>job_type</c> (the class) and <c>attempt</c>, and logs <c>job.started</c>, <c>job.completed</c>, <c>job.failed</c> and
    /// <c>job.interrupted</c>. Call it once a scheduler, before other middleware is added, so that its lines belong to the job, too.
    /// </summary>
    /// <param name="builder">The builder of the scheduler.</param>
    /// <returns>The builder.</returns>
    public static IQuartzBuilder AddZotifyLogging(this IQuartzBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddJobMiddleware(services => new JobLogMiddleware(services.GetRequiredService<ILoggerFactory>()));
    }
}
