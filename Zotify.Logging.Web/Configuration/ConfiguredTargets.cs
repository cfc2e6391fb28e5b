namespace Zotify.Logging.Web.Configuration;

/// <summary>Adds the targets of the journals that the configuration has a section for.</summary>
internal static class ConfiguredTargets
{
    /// <summary>Adds them: an OpenTelemetry collector, <c>Otlp</c>, and an archive in S3, <c>S3</c>.</summary>
    public static void AddConfiguredTargets(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Logging:Zotify");
        if (section.GetSection("Otlp").Exists()) builder.Logging.AddZotifyOtlp();
        if (section.GetSection("S3").Exists()) builder.Logging.AddZotifyS3();
    }
}
