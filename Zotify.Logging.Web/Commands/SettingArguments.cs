namespace Zotify.Logging.Web.Commands;

/// <summary>
/// Separates settings from commands and their options. A setting names a section of the configuration that this program reads, or a setting
/// of the host. Anything else is refused, because the configuration would accept a misspelled key and ignore it.
/// </summary>
internal static class SettingArguments
{
    /// <summary>Explains settings, for the help.</summary>
    public const string Help = """
        Settings go to the configuration, also together with a command: --key=value or --key value, such as --urls=http://localhost:5080,
        --Logging:Zotify:Directory=logs, --Zotify:Access:ApiKeys:0:Name=ops. The README has the keys.
        """;

    private static readonly HashSet<string> Sections =
        new(StringComparer.OrdinalIgnoreCase) { "Authentication", "Kestrel", "Logging", "Zotify" };

    private static readonly HashSet<string> HostKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "AllowedHosts", "applicationName", "captureStartupErrors", "contentRoot", "detailedErrors", "environment",
        "forwardedHeaders_enabled",
        "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "http_ports", "https_port", "https_ports", "preferHostingUrls",
        "preventHostingStartup", "shutdownTimeoutSeconds", "suppressStatusMessages", "urls", "webroot",
    };

    /// <summary>Splits arguments.</summary>
    /// <returns>The settings, each as <c>--key=value</c>; the other arguments; and an error where a setting has no value.</returns>
    public static (string[] Settings, string[] Others, string? Error) Split(string[] args)
    {
        var settings = new List<string>();
        var others = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var (key, value) = Parse(args[i]);
            if (key is null)
            {
                others.Add(args[i]);
            }
            else if (value is not null)
            {
                settings.Add($"--{key}={value}");
            }
            else
            {
                if (++i == args.Length) return ([], [], $"--{key}: a value is expected, as in --{key}=value.");
                settings.Add($"--{key}={args[i]}");
            }
        }

        return ([.. settings], [.. others], null);
    }

    /// <summary>
    /// A setting's key, and its value where that is in the same argument. The host also reads settings without dashes if they have an
    /// equals sign.
    /// </summary>
    private static (string? Key, string? Value) Parse(string argument)
    {
        var text = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..]
            : argument.StartsWith('/') ? argument[1..]
            : argument;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var hasDashes = text.Length == argument.Length - 2;
        if (equals < 0 && !hasDashes) return (null, null);
        var key = equals < 0 ? text : text[..equals];
        return IsKnown(key) ? (key, equals < 0 ? null : text[(equals + 1)..]) : (null, null);
    }

    private static bool IsKnown(string key) =>
        key.Split(':', 2) is [var section, { Length: > 0 }] ? Sections.Contains(section) : HostKeys.Contains(key);
}
