namespace Zotify.Logging.Configuration;

/// <summary>Names of the configuration.</summary>
internal static class ConfigurationKeys
{
    /// <summary>The section of all options, as messages name it.</summary>
    public const string Root = "Logging:Zotify";

    /// <summary>The section of the handlers, below the root.</summary>
    public const string Handlers = "Handlers";

    /// <summary>The level rules of Microsoft.Extensions.Logging for this provider, below the root. Not an option of the library.</summary>
    public const string LogLevel = "LogLevel";

    /// <summary>The full path of a key below the root.</summary>
    public static string Full(string path) => path.Length == 0 ? Root : $"{Root}:{path}";
}
