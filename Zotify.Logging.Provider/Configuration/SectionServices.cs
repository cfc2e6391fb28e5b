using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.Configuration;

/// <summary>Registers the section of an integration.</summary>
internal static class SectionServices
{
    /// <summary>Adds a section of <c>Logging:Zotify</c> with options of its own. Call it once for each section.</summary>
    /// <typeparam name="TOptions">The type of the options.</typeparam>
    /// <param name="services">The services of the application.</param>
    /// <param name="section">Its key.</param>
    /// <param name="explain">
    /// The text of an error of a member, from the options, the member and the annotation's text; <see langword="null"/> for the value with
    /// the annotation's text.
    /// </param>
    public static IServiceCollection AddZotifySection<[DynamicallyAccessedMembers(OptionTypes.Kept)] TOptions>(
        this IServiceCollection services, string section, Func<TOptions, string, string?, string?> explain)
        where TOptions : class
    {
        services.AddOptions();
        services.AddSingleton(new RegisteredSection(section, typeof(TOptions)));
        services.AddSingleton<IConfigureOptions<TOptions>>(
            provider => new SectionOptions<TOptions>(provider.GetRequiredService<ProviderSection>(), section));
        services.AddSingleton<IValidateOptions<ZotifyLoggingOptions>>(
            provider => new SectionValidator<TOptions>(provider.GetRequiredService<IOptionsFactory<TOptions>>(), section, explain));
        return services;
    }
}
