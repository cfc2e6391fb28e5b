using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>
/// A process that only reads an application's logs leaves the tables of jobs to it, unless it is told otherwise: its default age would
/// take away what the application keeps.
/// </summary>
/// <param name="services">Where the configuration of the application is, if it has one.</param>
/// <param name="logging">The section of the provider.</param>
internal sealed class SidecarDefaults(IServiceProvider services, ProviderSection logging) : IConfigureOptions<ZotifyLoggingOptions>
{
    /// <inheritdoc/>
    public void Configure(ZotifyLoggingOptions options)
    {
        if (!SourceConfiguration.IsPresent(services.GetService<IConfiguration>())) return;
        foreach (var (name, handler) in options.Handlers)
        {
            if (handler is not DatabaseJobLogHandlerOptions jobs) continue;
            var key = ConfigurationPath.Combine(ConfigurationKeys.Handlers, name, nameof(jobs.RetainedAge));
            if (!logging.Configuration.GetSection(key).Exists()) jobs.RetainedAge = null;
        }
    }
}
