namespace Zotify.Logging.Database;

/// <summary>Rows of which some may match.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Earliest">No row is earlier than this time, in UTC.</param>
/// <param name="Latest">No row is later than this time, in UTC.</param>
internal readonly record struct TextCandidate(TextRange Rows, DateTime Earliest, DateTime Latest);
