namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>
/// Lines may be missing: the search for the last ones stopped before it had as many as were asked for, or the log does not have all yet.
/// </summary>
/// <param name="Before">The parameter <c>before</c> that searches on, where a search stopped.</param>
/// <param name="Cursor">The same where it is no parameter of this stream: the <c>cursor</c> of <c>/audit</c>, newest first.</param>
/// <param name="Behind">How many records are not there yet, where some are missing.</param>
/// <param name="Complete">Says so by the name that it has in all answers.</param>
internal sealed record StreamIncomplete(string? Before, string? Cursor = null, long? Behind = null, bool Complete = false);
