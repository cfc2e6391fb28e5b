using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>The options of a registered handler.</summary>
/// <param name="Name">The handler's name, unique without case.</param>
/// <param name="Create">Makes them with their defaults.</param>
internal sealed record RegisteredOptions(string Name, Func<LogHandlerOptions> Create);
