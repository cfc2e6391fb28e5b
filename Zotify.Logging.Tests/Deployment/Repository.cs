using System.Runtime.CompilerServices;

namespace Zotify.Logging.Tests.Deployment;

/// <summary>The files at the root of the repository.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = PathOf("");

    public static string PathOf(string name, [CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../..", name));

    public static string Read(string name) => File.ReadAllText(PathOf(name));
}
