using Zotify.Logging.Web.Configuration;

namespace Zotify.Logging.Web.Commands;

/// <summary>The services of the commands that use the configured logs.</summary>
internal static class CommandServices
{
    /// <summary>
    /// Builds them. Resolve only the service that the command is about: a logger would open and lock the directory.
    /// </summary>
    /// <param name="settings">Settings for the configuration, each as <c>--key=value</c>.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The configuration is not valid.</exception>
    public static ServiceProvider Build(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        // The commands do not use this section, but a misspelled key must not stay unnoticed.
        _ = ProgramConfiguration.Read(builder.Configuration);
        builder.Logging.AddZotify().AddZotifySqlServer();
        builder.AddConfiguredTargets();
        return builder.Services.BuildServiceProvider();
    }
}
