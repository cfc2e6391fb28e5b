using Microsoft.Extensions.Options;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Otlp;

/// <summary>Binds <c>Logging:Zotify:Otlp</c>. Its keys are checked with those of the provider.</summary>
/// <param name="provider">The section of the provider.</param>
internal sealed class OtlpOptionsFromConfiguration(ProviderSection provider) : IConfigureOptions<OtlpOptions>
{
    /// <summary>The section's key.</summary>
    public const string Section = "Otlp";

    /// <inheritdoc/>
    public void Configure(OtlpOptions options) =>
        OptionsBinder.Bind(provider.Configuration.GetSection(Section), options, typeof(OtlpOptions));
}
