namespace Zotify.Logging;

/// <summary>Thrown where the database cannot be read now. The logged records wait in the journals.</summary>
public sealed class DatabaseUnavailableException(string message, Exception innerException) : Exception(message, innerException);
