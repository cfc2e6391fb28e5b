namespace Zotify.Logging;

/// <summary>The log directory cannot be used; the message says why, and what to do.</summary>
public sealed class LogDirectoryException(string message, Exception? innerException = null) : IOException(message, innerException);
