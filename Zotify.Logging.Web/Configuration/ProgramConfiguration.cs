using Microsoft.Extensions.Options;
using Zotify.Logging.Configuration;
using Zotify.Logging.Web.SignIn;

namespace Zotify.Logging.Web.Configuration;

/// <summary>Reads the program's own section by the library's rule for its options: whatever no option takes is a fault.</summary>
internal static class ProgramConfiguration
{
    /// <summary>Reads the section.</summary>
    /// <exception cref="OptionsValidationException">It is not valid; every fault names its key in full, its value and the fix.</exception>
    public static ProgramOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(ProgramOptions.Section);
        var options = new ProgramOptions();
        string[] faults = [.. ConfigurationCheck.FindIn(section, typeof(ProgramOptions), ProgramOptions.Section)];
        if (faults.Length == 0)
        {
            section.Bind(options);
            faults = [.. AccessFaults.Of(options.Access)];
        }

        return faults.Length == 0 ? options : throw new OptionsValidationException(ProgramOptions.Section, typeof(ProgramOptions), faults);
    }
}
