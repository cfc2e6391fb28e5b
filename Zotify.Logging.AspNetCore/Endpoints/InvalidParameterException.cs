namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>Thrown where a parameter of a request cannot be used.</summary>
/// <param name="parameter">Its name.</param>
/// <param name="message">What is wrong with its value, and what is expected.</param>
internal sealed class InvalidParameterException(string parameter, string message) : ArgumentException(message, parameter);
