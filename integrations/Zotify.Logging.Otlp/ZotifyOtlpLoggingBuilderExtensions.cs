using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Zotify.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.Otlp;
using Zotify.Logging.Shipping;

// In this namespace, so that it is found without a using, like every AddX() of a logging provider.
namespace Microsoft.Extensions.Logging;

/// <summary>Sends the journals of Zotify logging to an OpenTelemetry collector.</summary>
public static class ZotifyOtlpLoggingBuilderExtensions
{
    /// <summary>
    /// Sends the audit log and the logs of jobs to the collector of <c>Logging:Zotify:Otlp:Endpoint</c>, by OTLP over HTTP: from the
    /// journals, in order, each record at least once. While the collector is away, retention keeps what it does not have. Call it before
    /// or after <c>AddZotify()</c>; further calls only add configuration.
    /// </summary>
    /// <param name="builder">The logging builder.</param>
    /// <param name="configure">Code that wins over the configuration.</param>
    /// <returns>The builder.</returns>
    /// <remarks>Options that are not valid fail the start, with a message that names each key.</remarks>
    public static ILoggingBuilder AddZotifyOtlp(this ILoggingBuilder builder, Action<OtlpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (!services.Any(service => service.ImplementationType == typeof(OtlpTargetFactory)))
        {
            services.AddZotifySection<OtlpOptions>("Otlp", Explain);
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IJournalTargetFactory, OtlpTargetFactory>());
        }

        if (configure is not null) services.Configure(configure);
        return builder;
    }

    private static string? Explain(OtlpOptions options, string member, string? error) => member switch
    {
        nameof(OtlpOptions.Endpoint) when options.Endpoint is null =>
            "the collector's address is missing; set it, for example to http://collector:4318",
        // Their values are secrets.
        nameof(OtlpOptions.Headers) => error,
        _ => null,
    };
}
