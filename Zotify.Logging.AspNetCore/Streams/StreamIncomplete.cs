namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>The search for the last lines stopped before it had as many as were asked for.</summary>
/// <param name="Before">The parameter <c>before</c> that searches on.</param>
/// <param name="Complete">Says so by the name that it has in all answers.</param>
internal sealed record StreamIncomplete(string Before, bool Complete = false);
