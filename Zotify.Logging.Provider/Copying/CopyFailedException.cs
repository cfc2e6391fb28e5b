namespace Zotify.Logging.Copying;

/// <summary>Thrown where a database cannot be copied. The message has the reason, and what to do.</summary>
/// <param name="message">The message.</param>
/// <param name="innerException">The cause; <see langword="null"/> where it is not an exception.</param>
internal sealed class CopyFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
