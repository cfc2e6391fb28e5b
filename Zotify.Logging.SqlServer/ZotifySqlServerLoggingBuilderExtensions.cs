using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

// Found without a using, like every AddX() of a logging provider.
namespace Microsoft.Extensions.Logging;

/// <summary>Lets Zotify logging use SQL Server.</summary>
public static class ZotifySqlServerLoggingBuilderExtensions
{
    /// <summary>
    /// Makes <c>Logging:Zotify:Database:Provider = SqlServer</c> possible. It changes nothing while another provider is configured,
    /// opens nothing, and may be called before or after <c>AddZotify()</c>, and more than once.
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
