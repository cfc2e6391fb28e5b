namespace Zotify.Logging.Database;

/// <summary>Rows of which some may match.</summary>
/// <remarks>
/// A class, because the runtime compiles each collection of a struct anew, which would cost the first search of a process more than its
/// objects ever cost.
/// </remarks>
/// <param name="Rows">The rows.</param>
/// <param name="Earliest">No row is earlier than this time, in UTC.</param>
/// <param name="Latest">No row is later than this time, in UTC.</param>
internal sealed record TextCandidate(TextRange Rows, DateTime Earliest, DateTime Latest);
