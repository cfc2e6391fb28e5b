namespace Zotify.Logging.Database;

/// <summary>Thrown where a setting of the database does not allow what this program needs. The message has the statement that changes
/// it.</summary>
internal sealed class UnsuitableDatabaseException(string message) : Exception(message);
