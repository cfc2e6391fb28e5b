using Hangfire.Annotations;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Hangfire;

// In this namespace, so that it is found without a using, like every UseX() of Hangfire.
namespace Hangfire;

/// <summary>Adds Zotify logging to Hangfire.</summary>
public static class ZotifyHangfireGlobalConfigurationExtensions
{
    /// <summary>
    /// Puts every <see cref="ILogger"/> line of a job in a scope with <c>job_id</c>, <c>job_type</c> and <c>attempt</c>, and logs
    /// <c>job.started</c>, <c>job.completed</c>, <c>job.failed</c> and <c>job.interrupted</c>. For all servers of the process; a later call
    /// replaces an earlier one. Several hosts in one process use <c>AddZotifyHangfire()</c> on the services of each instead. Not
    /// thread-safe, as the configuration is not.
    /// </summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="loggerFactory">The factory of the loggers that the jobs use: the scope applies to the loggers of this factory.</param>
    /// <returns>The configuration.</returns>
    public static IGlobalConfiguration UseZotifyLogging(
        [NotNull] this IGlobalConfiguration configuration, [NotNull] ILoggerFactory loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(loggerFactory);
        GlobalJobFilters.Filters.Remove<JobLogFilter>();
        return configuration.UseFilter(new JobLogFilter(loggerFactory));
    }
}
