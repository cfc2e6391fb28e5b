using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web.Demo;

/// <summary>The sample work, under <c>Zotify:Demo</c>.</summary>
internal sealed class DemoOptions
{
    private const string Section = "Zotify:Demo";

    /// <summary>The folder whose files are the tracks; by default the running .NET runtime's.</summary>
    public string Source { get; set; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Where the tracks are kept, relative to the content root.</summary>
    public string Cache { get; set; } = "data/cache";

    /// <summary>The options of a configuration.</summary>
    public static DemoOptions From(IConfiguration configuration) => configuration.GetSection(Section).Get<DemoOptions>() ?? new DemoOptions();

    /// <summary>Whether the sample work is there: in Development, unless <c>Zotify:Demo:Enabled</c> says otherwise.</summary>
    /// <exception cref="InvalidSettingException">It says neither true nor false.</exception>
    public static bool IsEnabled(IConfiguration configuration, IHostEnvironment environment)
    {
        const string key = $"{Section}:Enabled";
        if (configuration[key] is not { Length: > 0 } text) return environment.IsDevelopment();
        return bool.TryParse(text, out var enabled) ? enabled : throw new InvalidSettingException(key, $"'{text}': true or false is expected.");
    }
}
