using Microsoft.Extensions.Configuration;

namespace Zotify.Logging.Configuration;

/// <summary>The section of the provider, merged from those of its alias and of its full name.</summary>
/// <param name="Configuration">The section; follows changes.</param>
internal sealed record ProviderSection(IConfiguration Configuration);
