namespace Zotify.Logging.Web.Startup;

/// <summary>A setting of the program cannot be used.</summary>
/// <param name="key">The key of the configuration in full.</param>
/// <param name="message">Its value, and what is expected.</param>
internal sealed class InvalidSettingException(string key, string message) : Exception($"{key}: {message}");
