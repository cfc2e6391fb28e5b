using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

// In this namespace, so that it is found without a using, like every AddX() of a logging provider.
namespace Microsoft.Extensions.Logging;

/// <summary>Adds SQL Server to Zotify logging.</summary>
public static class ZotifySqlServerLoggingBuilderExtensions
{
    /// <summary>
    /// Adds the engine for <c>Logging:Zotify:Database:Provider = SqlServer</c>. It has no effect while another provider is configured, and
    /// opens nothing. Call it before or after <c>AddZotify()</c>; further calls have no effect.
    /// </summary>
    /// <param name="builder">The logging builder.</param>
    /// <returns>The builder.</returns>
    public static ILoggingBuilder AddZotifySqlServer(this ILoggingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDatabaseEngineFactory, SqlServerEngineFactory>());
        return builder;
    }
}
