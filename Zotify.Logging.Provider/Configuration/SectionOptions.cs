using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Binds the section that an integration added. <see cref="ConfigurationCheck"/> checks its keys with those of the provider.
/// </summary>
/// <typeparam name="TOptions">The type of the options.</typeparam>
/// <param name="provider">The section of the provider.</param>
/// <param name="section">The key of the integration's own section in it.</param>
internal sealed class SectionOptions<[DynamicallyAccessedMembers(OptionTypes.Kept)] TOptions>(ProviderSection provider, string section)
    : IConfigureOptions<TOptions>
    where TOptions : class
{
    /// <inheritdoc/>
    public void Configure(TOptions options) => OptionsBinder.Bind(provider.Configuration.GetSection(section), options, typeof(TOptions));
}
