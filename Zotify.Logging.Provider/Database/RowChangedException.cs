namespace Zotify.Logging.Database;

/// <summary>
/// Thrown where somebody else changed a row after it was read. Nothing was written; the caller may try again.
/// </summary>
internal sealed class RowChangedException(string message) : Exception(message);
