using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Switches the retention of job tables off in a sidecar, unless the configuration sets an age. The sidecar's default age would delete rows
/// that the application keeps.
/// </summary>
/// <param name="services">They have the configuration of the application, if there is one.</param>
/// <param name="logging">The section of the provider.</param>
internal sealed class SidecarDefaults(IServiceProvider services, ProviderSection logging) : IConfigureOptions<ZotifyLoggingOptions>
{
    /// <inheritdoc/>
    public void Configure(ZotifyLoggingOptions options)
    {
        if (!SourceConfiguration.HasSidecar(services.GetService<IConfiguration>())) return;
        foreach (var (name, handler) in options.Handlers)
        {
            if (handler is not DatabaseJobLogHandlerOptions jobs) continue;
            var key = ConfigurationPath.Combine(ConfigurationKeys.Handlers, name, nameof(jobs.RetainedAge));
            if (!logging.Configuration.GetSection(key).Exists()) jobs.RetainedAge = null;
        }
    }
}
