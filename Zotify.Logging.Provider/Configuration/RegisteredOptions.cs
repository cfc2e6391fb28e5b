using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>The options of a registered handler.</summary>
/// <param name="Name">The handler's name, unique ignoring case.</param>
/// <param name="Create">Creates them with their defaults.</param>
internal sealed record RegisteredOptions(string Name, Func<LogHandlerOptions> Create);
