using Microsoft.Extensions.Options;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.S3;

/// <summary>Binds <c>Logging:Zotify:S3</c>. Its keys are checked with those of the provider.</summary>
/// <param name="provider">The section of the provider.</param>
internal sealed class S3OptionsFromConfiguration(ProviderSection provider) : IConfigureOptions<S3Options>
{
    /// <summary>The section's key.</summary>
    public const string Section = "S3";

    /// <inheritdoc/>
    public void Configure(S3Options options) =>
        OptionsBinder.Bind(provider.Configuration.GetSection(Section), options, typeof(S3Options));
}
