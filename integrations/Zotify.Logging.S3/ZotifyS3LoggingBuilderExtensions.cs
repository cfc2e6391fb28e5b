using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Zotify.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.S3;
using Zotify.Logging.Shipping;

// In this namespace, so that it is found without a using, like every AddX() of a logging provider.
namespace Microsoft.Extensions.Logging;

/// <summary>Keeps the journals of Zotify logging in storage that speaks S3.</summary>
public static class ZotifyS3LoggingBuilderExtensions
{
    /// <summary>
    /// Stores each rolled segment of the audit log and of the logs of jobs in the bucket of <c>Logging:Zotify:S3:Bucket</c>, compressed by
    /// Zstandard, before retention deletes it. While the storage is away, retention keeps what it does not have. Call it before or after
    /// <c>AddZotify()</c>; further calls only add configuration.
    /// </summary>
    /// <param name="builder">The logging builder.</param>
    /// <param name="configure">Code that wins over the configuration.</param>
    /// <returns>The builder.</returns>
    /// <remarks>Options that are not valid fail the start, with a message that names each key.</remarks>
    public static ILoggingBuilder AddZotifyS3(this ILoggingBuilder builder, Action<S3Options>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (!services.Any(service => service.ImplementationType == typeof(S3ArchiveFactory)))
        {
            services.AddZotifySection<S3Options>("S3", Explain);
            services.TryAddEnumerable(ServiceDescriptor.Singleton<ISegmentArchiveFactory, S3ArchiveFactory>());
        }

        if (configure is not null) services.Configure(configure);
        return builder;
    }

    private static string? Explain(S3Options options, string member, string? error) =>
        member == nameof(S3Options.Bucket) && string.IsNullOrEmpty(options.Bucket)
            ? "the bucket is missing; set it to the name of one that exists"
            : null;
}
