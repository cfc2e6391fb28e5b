namespace Zotify.Logging.Web.Startup;

/// <summary>Thrown where a setting of the program cannot be used.</summary>
/// <param name="key">The full key of the configuration.</param>
/// <param name="message">Its value, and what is expected.</param>
internal sealed class InvalidSettingException(string key, string message) : Exception($"{key}: {message}");
