using System.Reflection;

namespace Zotify.Logging.Instances;

/// <summary>The version of the program that runs.</summary>
internal static class ProgramVersion
{
    /// <summary>The informational version of the entry assembly; <see langword="null"/> where a host without one runs the code.</summary>
    public static string? Current { get; } =
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
