namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>The handlers of this process.</summary>
/// <param name="Items">The handlers, in the order of their registration.</param>
/// <param name="Pending">Keys of the configuration that were changed since the start and take effect at the next one.</param>
/// <param name="Sources">The application that this program reads as a sidecar (<c>Zotify:Sources</c>), if there is one.</param>
internal sealed record HandlersAnswer(
    IReadOnlyList<HandlerAnswer> Items, IReadOnlyList<string> Pending, IReadOnlyList<SourceAnswer> Sources);
