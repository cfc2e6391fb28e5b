using Microsoft.Extensions.Options;
using Zotify.Logging.Configuration;
using Zotify.Logging.Web.SignIn;

namespace Zotify.Logging.Web.Configuration;

/// <summary>Reads the program's own section by the library's rule: a key that is no option is an error.</summary>
internal static class ProgramConfiguration
{
    /// <summary>Reads the section.</summary>
    /// <exception cref="OptionsValidationException">It is not valid; every error names its full key, its value and the fix.</exception>
    public static ProgramOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(ProgramOptions.Section);
        var options = new ProgramOptions();
        string[] errors = [.. ConfigurationCheck.FindIn(section, typeof(ProgramOptions), ProgramOptions.Section)];
        if (errors.Length == 0)
        {
            section.Bind(options);
            errors = [.. AccessErrors.Of(options.Access)];
        }

        return errors.Length == 0 ? options : throw new OptionsValidationException(ProgramOptions.Section, typeof(ProgramOptions), errors);
    }
}
